import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {localFolder} from '../../src/local/local-folder.ts';

let root: string;
const folder = (path: string) => {
  mkdirSync(join(root, path), {recursive: true});
  return join(root, path);
};
const local = (path: string) => join(root, path, '.gear/local');

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'gear-folder-')));
  folder('repository/.git');
  writeFileSync(join(folder('repository/orders'), 'gear.yaml'), 'service: orders\n');
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

test('a service without one gets its own', () => {
  expect(localFolder(folder('repository/orders/src/functions'))).toBe(local('repository/orders'));
});

test('services share the one that stands above them', () => {
  mkdirSync(local('repository'), {recursive: true});
  expect(localFolder(folder('repository/orders'))).toBe(local('repository'));
});

test('the nearest one counts', () => {
  mkdirSync(local('repository'), {recursive: true});
  mkdirSync(local('repository/orders'), {recursive: true});
  expect(localFolder(folder('repository/orders/src'))).toBe(local('repository/orders'));
});

test('another repository’s is not taken', () => {
  mkdirSync(local('.'), {recursive: true});
  expect(localFolder(folder('repository'))).toBe(local('repository'));
});

test('without any sign of a project it is the folder itself', () => {
  expect(localFolder(folder('repository/elsewhere'))).toBe(local('repository/elsewhere'));
});
