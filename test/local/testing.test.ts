import {execFileSync} from 'node:child_process';
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

/** The type check of the repository holds this. */
test('it is declared as it is', () => {
  expectTypeOf<typeof implemented>().toExtend<typeof declared>();
  expectTypeOf<Parameters<typeof declared>>().toExtend<Parameters<typeof implemented>>();
});
