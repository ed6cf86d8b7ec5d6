import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {templatesFolder} from '../../src/scaffold/render-service.ts';
import {templates} from '../../src/scaffold/templates.ts';

it('lists the templates and languages that stand in the folder, and no others', () => {
  // What a function is added from is no service.
  const services = folders(templatesFolder).filter(name => name !== 'functions');
  const found = services.map(name => ({name, languages: folders(join(templatesFolder, name))}));
  expect(templates.map(({name, languages}) => ({name, languages: languages.toSorted()}))).toEqual(found);
});

function folders(path: string): string[] {
  return readdirSync(path, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
}
