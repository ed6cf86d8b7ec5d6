import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, expectTypeOf, test} from 'vitest';
import type {startLocalCloud as implemented} from '../../src/local/testing.ts';
import type {startLocalCloud as declared} from '../../types/local.d.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

test('a test imports the embedded AWS by the package’s name and talks to it with the SDK', () => {
  const script = `
    import {startLocalCloud} from 'serverless-gear/local';
    import {SQS} from '@aws-sdk/client-sqs';
    const {endpoint, region, credentials, close} = await startLocalCloud();
    const sqs = new SQS({endpoint, region, credentials});
    const {QueueUrl} = await sqs.createQueue({QueueName: 'orders'});
    process.stdout.write(new URL(QueueUrl).pathname);
    await close();`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  expect(execFileSync(process.execPath, args, {cwd: repository, encoding: 'utf8'})).toBe('/000000000000/orders');
});

test('clouds one after another and at once leave nothing open: the process ends by itself, its folders are gone', () => {
  const script = `
    import {readdirSync} from 'node:fs';
    import {tmpdir} from 'node:os';
    import {SQS} from '@aws-sdk/client-sqs';
    import {startLocalCloud} from 'serverless-gear/local';
    const use = async () => {
      const {endpoint, region, credentials, close} = await startLocalCloud();
      await new SQS({endpoint, region, credentials}).createQueue({QueueName: 'orders'});
      return {endpoint, close};
    };
    for (let count = 0; count < 5; count++) await (await use()).close();
    const open = await Promise.all(Array.from({length: 5}, use));
    await Promise.all(open.map(({close}) => close()));
    console.log(new Set(open.map(({endpoint}) => endpoint)).size, readdirSync(tmpdir()).length);`;
  const folder = mkdtempSync(join(tmpdir(), 'gear-clouds-'));
  try {
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
    const options = {
      cwd: repository,
      encoding: 'utf8',
      timeout: 25_000,
      env: {...process.env, TMPDIR: folder},
    } as const;
    expect(execFileSync(process.execPath, args, options)).toBe('5 0\n');
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

/** The type check of the repository holds this. */
test('it is declared as it is', () => {
  expectTypeOf<typeof implemented>().toExtend<typeof declared>();
  expectTypeOf<Parameters<typeof declared>>().toExtend<Parameters<typeof implemented>>();
});
