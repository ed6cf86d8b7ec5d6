import {execFileSync} from 'node:child_process';
import {afterAll, afterEach, describe, expect, it} from 'vitest';
import {ServiceError} from '../../../src/local/service-error.ts';
import {manualClock} from '../harness.ts';
import {openRuntimeBench} from './runtime-bench.ts';

const bench = openRuntimeBench();
afterAll(() => bench.close());
afterEach(() => {
  bench.calls.length = 0;
});

describe('a handler is found and called', () => {
  const answers = 'async event => ({got: event.order})';
  const packages: [string, Record<string, string>, string?][] = [
    ['in an ES module', {'index.mjs': `export const handler = ${answers}`}],
    ['in a CommonJS module', {'index.js': `exports.handler = ${answers}`}],
    ['in a .cjs file', {'index.cjs': `exports.handler = ${answers}`}],
    [
      'in a .js file of a package with type module',
      {'package.json': '{"type":"module"}', 'index.js': `export const handler = ${answers}`},
    ],
    ['in a folder', {'src/orders/index.mjs': `export const handler = ${answers}`}, 'src/orders/index.handler'],
    ['as a member of an export', {'index.mjs': `export const api = {create: ${answers}}`}, 'index.api.create'],
    ['as a member of a default export', {'index.mjs': `export default {handler: ${answers}}`}],
    ['when it is not async', {'index.mjs': 'export const handler = event => ({got: event.order})'}],
  ];

  it.each(packages)('%s', async (_, files, handler = 'index.handler') => {
    const result = await bench.invoke(bench.function(files, {Handler: handler}), {order: 7});
    expect(result.value).toEqual({got: 7});
    expect(result.functionError).toBeUndefined();
  });

  it('answers null when it returns nothing', async () => {
    const result = await bench.invoke(bench.function({'index.mjs': 'export const handler = async () => {}'}));
    expect(result.value).toBeNull();
  });

  it('gets a context that names the invocation and counts down', async () => {
    const fn = bench.function(
      {
        'index.mjs': `export const handler = async (event, context) => ({...context, left: context.getRemainingTimeInMillis()})`,
      },
      {Timeout: 5, MemorySize: 256},
    );
    const {value, requestId} = await bench.invoke(fn);
    expect(value).toMatchObject({
      functionName: fn.configuration.FunctionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: fn.configuration.FunctionArn,
      memoryLimitInMB: '256',
      awsRequestId: requestId,
      logGroupName: `/aws/lambda/${fn.configuration.FunctionName}`,
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    });
    expect((value as {left: number}).left).toBeGreaterThan(3000);
    expect((value as {left: number}).left).toBeLessThanOrEqual(5000);
  });

  it('may call back up to Node.js 22', async () => {
    const files = {'index.js': 'exports.handler = (event, context, callback) => callback(null, {got: event.order})'};
    expect((await bench.invoke(bench.function(files, {Runtime: 'nodejs22.x'}), {order: 7})).value).toEqual({got: 7});
    const failing = {'index.js': 'exports.handler = (event, context, callback) => callback(new RangeError("no"))'};
    const failed = await bench.invoke(bench.function(failing, {Runtime: 'nodejs22.x'}));
    expect(failed.value).toMatchObject({errorType: 'RangeError', errorMessage: 'no'});
  });
});

describe('what a function may import', () => {
  it('is the AWS SDK, which the managed runtime brings', async () => {
    const files = {
      'index.mjs': `import {SQSClient} from '@aws-sdk/client-sqs'; export const handler = async () => SQSClient.name`,
    };
    expect((await bench.invoke(bench.function(files))).value).toBe('SQSClient');
    const required = {
      'index.js': `const {SQSClient} = require('@aws-sdk/client-sqs'); exports.handler = async () => SQSClient.name`,
    };
    expect((await bench.invoke(bench.function(required))).value).toBe('SQSClient');
  });

  it('is what its package contains', async () => {
    const files = {
      'index.mjs': `import {total} from 'prices'; export const handler = async () => total`,
      'node_modules/prices/package.json': '{"name":"prices","type":"module","exports":"./index.js"}',
      'node_modules/prices/index.js': 'export const total = 42',
    };
    expect((await bench.invoke(bench.function(files))).value).toBe(42);
  });

  it('is nothing that lies in a folder above its package', async () => {
    const outer = bench.function({
      'node_modules/prices/package.json': '{"name":"prices","main":"index.js"}',
      'node_modules/prices/index.js': 'exports.total = 42',
      'inner/index.mjs': `import {total} from 'prices'; export const handler = async () => total`,
      'inner/index.cjs': `const {total} = require('prices'); exports.handler = async () => total`,
    });
    const taskRoot = `${outer.taskRoot}/inner`;
    const imported = await bench.invoke({...outer, taskRoot});
    expect(imported.value).toMatchObject({
      errorType: 'Error',
      errorMessage: expect.stringMatching(/^Cannot find package 'prices' imported from/),
    });
  });
});

describe('a failure is told in the words of Lambda', () => {
  const failures: [string, Record<string, string>, object, object?][] = [
    [
      'an error thrown',
      {'index.mjs': 'export const handler = async () => { throw new TypeError("no order") }'},
      {errorType: 'TypeError', errorMessage: 'no order', trace: expect.arrayContaining(['TypeError: no order'])},
    ],
    [
      'something thrown that is no error',
      {'index.mjs': 'export const handler = async () => { throw "no order" }'},
      {errorType: 'string', errorMessage: 'no order', trace: []},
    ],
    [
      'an error while the module is loaded',
      {'index.mjs': 'throw new Error("no table")'},
      {errorType: 'Error', errorMessage: 'no table'},
    ],
    ['no such file', {'other.mjs': ''}, {errorType: 'Runtime.ImportModuleError'}],
    [
      'a syntax error',
      {'index.js': 'exports.handler = async () => {'},
      {errorType: 'Runtime.UserCodeSyntaxError', errorMessage: 'SyntaxError: Unexpected end of input'},
    ],
    [
      'a missing module',
      {'index.js': 'require("./prices")'},
      {errorType: 'Runtime.ImportModuleError', errorMessage: expect.stringContaining("Cannot find module './prices'")},
    ],
    [
      'no such export',
      {'index.mjs': 'export const other = 1'},
      {errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported'},
    ],
    [
      'an export that is no function',
      {'index.mjs': 'export const handler = 1'},
      {errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function'},
    ],
    [
      'a callback handler on Node.js 24',
      {'index.mjs': 'export const handler = (event, context, callback) => callback(null, 1)'},
      {errorType: 'Runtime.CallbackHandlerDeprecated'},
    ],
    [
      'a rejection that nobody handles',
      {
        'index.mjs':
          'export const handler = () => { Promise.reject(new Error("lost")); return new Promise(r => setTimeout(r, 1000)) }',
      },
      {errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost'},
    ],
    [
      'an error outside of the handler',
      {
        'index.mjs':
          'export const handler = () => { setTimeout(() => { throw new Error("late") }); return new Promise(r => setTimeout(r, 1000)) }',
      },
      {errorType: 'Error', errorMessage: 'late'},
    ],
    [
      'an exit',
      {'index.mjs': 'export const handler = async () => process.exit(3)'},
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/^RequestId: .+ Error: Runtime exited with error: exit status 3$/),
      },
    ],
    [
      'a promise that nothing will fulfil',
      {'index.mjs': 'export const handler = () => new Promise(() => {})'},
      {errorMessage: expect.stringMatching(/(Runtime exited without providing a reason|timed out)/)},
      {Timeout: 1},
    ],
    [
      'a response that is no JSON',
      {'index.mjs': 'export const handler = async () => 1n'},
      {errorType: 'Runtime.JSONStringifyError', errorMessage: 'Unable to stringify response body'},
    ],
    [
      'a response larger than 6 MB',
      {'index.mjs': 'export const handler = async () => "x".repeat(6 * 1024 * 1024 + 101)'},
      {errorType: 'Function.ResponseSizeTooLarge'},
    ],
    [
      'more memory than the function has',
      {
        'index.mjs':
          'export const handler = async () => { const all = []; for (;;) { all.push(Buffer.alloc(5e6, 1)); await new Promise(r => setTimeout(r, 2)) } }',
      },
      {errorType: 'Runtime.OutOfMemory', errorMessage: expect.stringMatching(/signal: killed$/)},
    ],
  ];

  it.concurrent.each(failures)('%s', async (_, files, expected, configuration = {}) => {
    const result = await bench.invoke(bench.function(files, configuration));
    expect(result.functionError).toBe('Unhandled');
    expect(result.value).toMatchObject(expected);
    expect(result.log).toMatch(/^END RequestId: /m);
    expect(result.log).toMatch(/^REPORT RequestId: .*\tStatus: (error|timeout)\tError Type: /m);
  });

  it('a timeout, after which another environment takes the next invocation', async () => {
    const fn = bench.function(
      {
        'index.mjs': `export const handler = async ({hang}) => { if (hang) for (;;); return process.pid }`,
      },
      {Timeout: 1},
    );
    const first = (await bench.invoke(fn)).value;
    const {value, log, requestId, duration} = await bench.invoke(fn, {hang: true});
    expect(value).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    });
    expect(log).toMatch(new RegExp(`Z ${requestId} Task timed out after 1.00 seconds$`, 'm'));
    expect(duration).toBe(1000);
    expect(() => process.kill(first as number, 0)).toThrow();
    expect((await bench.invoke(fn)).value).not.toBe(first);
  });
});

describe('an environment', () => {
  it('is used again, and keeps what the module holds', async () => {
    const fn = bench.function({
      'index.mjs': 'let count = 0; export const handler = async () => [process.pid, ++count]',
    });
    const [pid, one] = (await bench.invoke(fn)).value as [number, number];
    expect(one).toBe(1);
    const second = await bench.invoke(fn);
    expect(second.value).toEqual([pid, 2]);
    expect(second.log).not.toContain('Init Duration');
  });

  it('takes one invocation at a time', async () => {
    const fn = bench.function({
      'index.mjs': 'export const handler = () => new Promise(r => setTimeout(() => r(process.pid), 300))',
    });
    const results = await Promise.all([bench.invoke(fn), bench.invoke(fn)]);
    expect(new Set(results.map(({value}) => value)).size).toBe(2);
  });

  it('is frozen between invocations: work left behind waits for the next one', async () => {
    const fn = bench.function({
      'index.mjs': `const ticks = [];
        export const handler = async ({start}) => {
          if (start) setInterval(() => ticks.push(Date.now()), 5);
          else await new Promise(r => setTimeout(r, 60));
          return [ticks, process.pid];
        }`,
    });
    const [before, pid] = (await bench.invoke(fn, {start: true})).value as [number[], number];
    expect(before).toEqual([]);
    await until(() => stateOf(pid) === 'T');
    const frozen = Date.now();
    await new Promise(resolve => setTimeout(resolve, 250));
    const thawed = Date.now();
    const [ticks] = (await bench.invoke(fn)).value as [number[]];
    expect(ticks.filter(at => at > frozen && at < thawed)).toEqual([]);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(thawed);
  });

  it('ends when nobody has used it for five minutes', async () => {
    const clock = manualClock();
    const own = openRuntimeBench({clock});
    const fn = own.function({'index.mjs': 'export const handler = async () => process.pid'});
    const pid = (await own.invoke(fn)).value as number;
    await clock.advance(4 * 60_000);
    expect((await own.invoke(fn)).value).toBe(pid);
    await clock.advance(4 * 60_000);
    expect(isAlive(pid)).toBe(true);
    await clock.advance(60_000);
    await until(() => !isAlive(pid));
    await own.close();
  });

  it('ends when its function changes', async () => {
    const fn = bench.function({'index.mjs': 'export const handler = async () => process.pid'});
    const pid = (await bench.invoke(fn)).value as number;
    bench.runtime.retire(fn.configuration.FunctionName);
    const changed = {...fn, configuration: {...fn.configuration, RevisionId: 'next'}};
    expect((await bench.invoke(changed)).value).not.toBe(pid);
    await until(() => !isAlive(pid));
  });

  it('sees nothing of the developer in its environment variables', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'AKIADEVELOPER';
    process.env.AWS_PROFILE = 'production';
    process.env.DATABASE_PASSWORD = 'hunter2';
    try {
      const fn = bench.function(
        {'index.mjs': 'export const handler = async () => process.env'},
        {Environment: {Variables: {TABLE: 'orders', TZ: 'Europe/Berlin'}}},
      );
      const variables = (await bench.invoke(fn)).value as Record<string, string>;
      expect(variables).toMatchObject({
        AWS_ACCESS_KEY_ID: 'ASIAFUNCTION',
        AWS_SECRET_ACCESS_KEY: 'secret-of-the-function',
        AWS_SESSION_TOKEN: 'token-of-the-function',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
        AWS_REGION: 'us-east-1',
        AWS_LAMBDA_FUNCTION_NAME: fn.configuration.FunctionName,
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        LAMBDA_TASK_ROOT: fn.taskRoot,
        _HANDLER: 'index.handler',
        TABLE: 'orders',
        TZ: 'Europe/Berlin',
      });
      expect(variables.TMPDIR).toContain('environments');
      const known = /^(AWS_(?!PROFILE)|LAMBDA_|_HANDLER|_X_AMZN|LANG$|PATH$|HOME$|TMPDIR$|TZ$|TABLE$)/;
      expect(Object.keys(variables).filter(name => !known.test(name))).toEqual([]);
      expect(Object.values(variables).join('\n')).not.toMatch(/AKIADEVELOPER|production|hunter2/);
    } finally {
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_PROFILE;
      delete process.env.DATABASE_PASSWORD;
    }
  });
});

describe('concurrency', () => {
  const slow = {'index.mjs': 'export const handler = () => new Promise(r => setTimeout(r, 300))'};

  it('is bounded by what the function has reserved', async () => {
    const fn = bench.function(slow);
    const results = await Promise.allSettled([bench.invoke(fn, {}, 1), bench.invoke(fn, {}, 1)]);
    const refused = results.find(result => result.status === 'rejected')?.reason as ServiceError;
    expect(refused).toBeInstanceOf(ServiceError);
    expect(refused).toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
      message: 'Rate Exceeded.',
      members: {Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded'},
    });
    expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1);
    expect(bench.metrics).toContainEqual(
      expect.objectContaining({functionName: fn.configuration.FunctionName, name: 'Throttles', value: 1}),
    );
  });

  it('is bounded by the account', async () => {
    const small = openRuntimeBench({concurrentExecutions: 1});
    const results = await Promise.allSettled([small.invoke(small.function(slow)), small.invoke(small.function(slow))]);
    expect(results.map(({status}) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((results.find(({status}) => status === 'rejected') as PromiseRejectedResult).reason).toMatchObject({
      members: {Reason: 'ConcurrentInvocationLimitExceeded'},
    });
    await small.close();
  });
});

it('says once that a function runs on another version of Node.js than it asks for', async () => {
  const own = openRuntimeBench();
  const fn = own.function({'index.mjs': 'export const handler = async () => {}'}, {Runtime: 'nodejs20.x'});
  await own.invoke(fn);
  await own.invoke({...fn, configuration: {...fn.configuration, RevisionId: 'next'}});
  expect(own.warnings).toEqual([
    `${fn.configuration.FunctionName} asks for nodejs20.x and runs on Node.js ${process.versions.node}`,
  ]);
  await own.close();
});

it('counts invocations, errors and durations', async () => {
  const fn = bench.function({'index.mjs': 'export const handler = async () => { throw new Error("no") }'});
  await bench.invoke(fn);
  const own = bench.metrics.filter(({functionName}) => functionName === fn.configuration.FunctionName);
  expect(own.map(({name, value}) => [name, name === 'Duration' ? value > 0 : value])).toEqual([
    ['ConcurrentExecutions', expect.any(Number)],
    ['Invocations', 1],
    ['Errors', 1],
    ['Duration', true],
  ]);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function stateOf(pid: number): string {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], {encoding: 'utf8'}).trim()[0]!;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}
