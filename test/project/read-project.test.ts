import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readProject} from '../../src/project/read-project.ts';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gear-project-'));
  folder = join(parent, 'orders service');
  mkdirSync(folder);
});
afterEach(() => rmSync(parent, {recursive: true, force: true}));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

describe('readProject', () => {
  test('takes names from gear.yaml', () => {
    write('gear.yaml', 'service: orders\nstack: orders-dev\ntemplate: infra.yaml\n');
    write('infra.yaml', 'Resources: {}\n');
    expect(readProject(folder)).toMatchObject({
      folder,
      service: 'orders',
      stack: 'orders-dev',
      template: join(folder, 'infra.yaml'),
    });
  });

  test('makes a stack name of the folder’s when there is no gear.yaml', () => {
    write('template.yml', 'Resources: {}\n');
    expect(readProject(folder)).toMatchObject({service: 'orders-service', stack: 'orders-service'});
  });

  test('takes a template by its path', () => {
    write('other.yaml', 'Resources: {}\n');
    expect(readProject(join(folder, 'other.yaml'))).toMatchObject({folder, template: join(folder, 'other.yaml')});
  });

  test.each([
    [
      'a key nobody knows',
      'stak: orders',
      /gear does not know the key stak; it knows service, stack, template, parameters, region, dependsOn, stages, audit, build, development/,
    ],
    ['a value that is no text', 'stack: [a]', /stack must be text/],
    ['text that is no YAML', 'stack: [', /gear\.yaml:1: cannot be read: /],
    ['a list', '- stack', /it is not a mapping/],
  ])('refuses %s', (_, text, message) => {
    write('gear.yaml', text);
    write('template.yaml', '');
    expect(() => readProject(folder)).toThrow(message);
  });

  test('says so when there is no template', () => {
    expect(() => readProject(folder)).toThrow(/has no template\.yaml/);
    expect(() => readProject(join(folder, 'nowhere'))).toThrow(/There is no .*nowhere/);
  });
});
