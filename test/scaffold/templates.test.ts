import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {functionLanguages} from '../../src/scaffold/function-language.ts';
import {templatesFolder} from '../../src/scaffold/render-service.ts';
import {templates} from '../../src/scaffold/templates.ts';
import {triggers} from '../../src/scaffold/triggers.ts';

it('lists the templates and languages that stand in the folder, and no others', () => {
  const services = folders(templatesFolder).filter(name => !['functions', '_every'].includes(name));
  const found = services.map(name => ({name, languages: folders(join(templatesFolder, name))}));
  const listed = templates.map(({name, languages}) => ({name, languages: languages.toSorted()}));
  // The list is in the order in which they are offered.
  expect(listed.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(found);
});

it('lists the triggers whose blocks and handlers stand in the folder, and no others', () => {
  const names = triggers.map(({name}) => name).toSorted();
  const blocks = readdirSync(join(templatesFolder, 'functions')).filter(file => file.endsWith('.yaml'));
  expect(blocks).toEqual(names.map(name => `${name}.yaml`));
  for (const {name} of functionLanguages) expect(folders(join(templatesFolder, 'functions', name))).toEqual(names);
  expect(readdirSync(join(templatesFolder, 'functions', 'events'))).toEqual(names.map(name => `${name}.json`));
});

function folders(path: string): string[] {
  return readdirSync(path, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
}
