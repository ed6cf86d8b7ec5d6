import {mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {bundleEntry} from '../../src/bundle/bundle-entry.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {localFunctions} from '../../src/deploy/local-functions.ts';
import {byteSize} from '../../src/model/byte-size.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeChange} from '../../src/scaffold/service-change.ts';
import {triggers} from '../../src/scaffold/triggers.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {table} from '../../src/terminal/table.ts';
import {repository} from '../e2e/gear.ts';
import {type Variant, variants} from '../templates/variants.ts';

/** By the language that a function is written in. */
const largest = (entry: string) => (entry.endsWith('.py') ? 200_000 : 1_000_000);

/** Inside the repository, so that the services find their packages in gear's node_modules. */
const root = join(repository, '.test', `sizes-${process.pid}`);
const sizes: {variant: Variant; logicalId: string; size: number}[] = [];

beforeAll(() => mkdirSync(root, {recursive: true}));
afterAll(() => rmSync(root, {recursive: true, force: true}));

test.each(variants)('no handler of $title is packed large', async variant => {
  await pack(variant, async () => {});
});

test.each(['typescript', 'python'])('no handler that gear adds to a service in %s is packed large', async language => {
  await pack(
    {template: 'queue-worker', language, queue: undefined, title: `gear new function ${language}`},
    async folder => {
      for (const trigger of triggers)
        await writeChange(folder, await addFunction(readProject(folder), {name: `on-${trigger.name}`, trigger}));
    },
  );
});

afterAll(() => {
  const rows = sizes.map(({variant, logicalId, size}) => [variant.title, logicalId, byteSize(size)]);
  console.log(`\n${table([['service', 'function', 'code'], ...rows])}\n`);
});

async function pack(variant: Variant, change: (folder: string) => Promise<void>): Promise<void> {
  const {template, language, queue} = variant;
  const folder = join(root, variant.title.replaceAll(' ', '-'));
  await writeService(folder, await renderService({template, language, queue, name: 'orders'}));
  await change(folder);
  const path = join(folder, 'template.yaml');
  const functions = localFunctions(parseTemplate(readFileSync(path, 'utf8'), path));
  expect(functions.length).toBeGreaterThan(0);
  for (const {logicalId, code, entry, handler, runtime} of functions) {
    const {files} = await bundleEntry({folder, entry: entry!, output: code, handler, runtime, fallbackModules: []});
    const size = files.reduce((sum, file) => sum + file.bytes, 0);
    sizes.push({variant, logicalId, size});
    expect([logicalId, size <= largest(entry!)]).toEqual([logicalId, true]);
  }
}
