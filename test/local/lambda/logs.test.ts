import {afterAll, describe, expect, it} from 'vitest';
import {ServiceError} from '../../../src/local/service-error.ts';
import {openRuntimeBench} from './runtime-bench.ts';

const benches: ReturnType<typeof openRuntimeBench>[] = [];
function open(options?: Parameters<typeof openRuntimeBench>[0]) {
  const bench = openRuntimeBench(options);
  benches.push(bench);
  return bench;
}
afterAll(() => Promise.all(benches.map(bench => bench.close())));

const talks = {
  'index.mjs': `console.log('loaded');
    export const handler = async event => {
      console.info('order', {id: event.id});
      console.debug('details');
      console.error(new RangeError('too\\nlarge'));
      process.stdout.write('{"_aws":{}}\\n');
      process.stdout.write('no line feed');
    }`,
};

describe('in the format Text', () => {
  it('an invocation writes what AWS writes', async () => {
    const bench = open();
    const {log, requestId} = await bench.invoke(bench.function(talks), {id: 7});
    const time = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
    expect(bench.messages()).toEqual([
      expect.stringMatching(/^INIT_START Runtime Version: nodejs:\d+\.\d+\.\d+$/),
      expect.stringMatching(new RegExp(`^${time}\t\tINFO\tloaded$`)),
      `START RequestId: ${requestId} Version: $LATEST`,
      expect.stringMatching(new RegExp(`^${time}\t${requestId}\tINFO\torder \\{ id: 7 \\}$`)),
      expect.stringMatching(new RegExp(`^${time}\t${requestId}\tDEBUG\tdetails$`)),
      expect.stringMatching(new RegExp(`^${time}\t${requestId}\tERROR\tRangeError: too\nlarge\n    at handler`)),
      '{"_aws":{}}',
      'no line feed',
      `END RequestId: ${requestId}`,
      expect.stringMatching(
        new RegExp(
          `^REPORT RequestId: ${requestId}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms$`,
        ),
      ),
    ]);
    expect(log).toBe(bench.messages().join('\n'));
  });
});

describe('in the format JSON', () => {
  it('an invocation writes objects, and leaves alone what is written past the console', async () => {
    const bench = open();
    const fn = bench.function(talks, {
      LoggingConfig: {LogFormat: 'JSON', LogGroup: '/orders', ApplicationLogLevel: 'INFO'},
    });
    const {requestId} = await bench.invoke(fn, {id: 7});
    const messages = bench.messages();
    expect(messages[5]).toBe('{"_aws":{}}');
    expect(messages[6]).toBe('no line feed');
    const events = messages.filter((_, index) => index !== 6).map(message => JSON.parse(message));
    const timestamp = expect.stringMatching(/Z$/);
    expect(events).toEqual([
      {
        time: timestamp,
        type: 'platform.initStart',
        record: expect.objectContaining({functionName: fn.configuration.FunctionName, phase: 'init'}),
      },
      {timestamp, level: 'INFO', message: 'loaded'},
      {
        time: timestamp,
        type: 'platform.start',
        record: {requestId, functionArn: fn.configuration.FunctionArn, version: '$LATEST'},
      },
      {timestamp, level: 'INFO', requestId, message: 'order { id: 7 }'},
      {
        timestamp,
        level: 'ERROR',
        requestId,
        message: expect.objectContaining({
          errorType: 'RangeError',
          errorMessage: 'too\nlarge',
          stackTrace: expect.any(Array),
        }),
      },
      {_aws: {}},
      {
        time: timestamp,
        type: 'platform.report',
        record: {
          requestId,
          status: 'success',
          metrics: {
            durationMs: expect.any(Number),
            billedDurationMs: expect.any(Number),
            initDurationMs: expect.any(Number),
            memorySizeMB: 128,
            maxMemoryUsedMB: expect.any(Number),
          },
        },
      },
    ]);
  });

  it('levels keep out what is below them', async () => {
    const bench = open();
    const fn = bench.function(talks, {
      LoggingConfig: {LogFormat: 'JSON', LogGroup: '/orders', ApplicationLogLevel: 'ERROR', SystemLogLevel: 'WARN'},
    });
    await bench.invoke(fn);
    expect(bench.messages().map(message => (message.startsWith('{') ? JSON.parse(message).level : message))).toEqual([
      'ERROR',
      undefined,
      'no line feed',
    ]);
  });
});

describe('the log is written as the role', () => {
  it('on behalf of which Lambda acts', async () => {
    const bench = open();
    const fn = bench.function(talks, {LoggingConfig: {LogFormat: 'Text', LogGroup: '/orders'}});
    await bench.invoke(fn);
    expect(bench.calls.map(({operation}) => operation).slice(0, 2)).toEqual(['CreateLogStream', 'PutLogEvents']);
    for (const {caller, input} of bench.calls) {
      expect(caller).toMatchObject({
        kind: 'role',
        roleName: 'orders-role',
        onBehalf: 'lambda',
        functionName: fn.configuration.FunctionName,
      });
      expect(input.logGroupName).toBe('/orders');
      expect(input.logStreamName).toContain(`/${fn.configuration.FunctionName}[$LATEST]`);
    }
  });

  it('which makes the log group only when there is none', async () => {
    let exists = false;
    const bench = open({
      deny({operation}) {
        if (operation === 'CreateLogGroup') exists = true;
        return exists
          ? undefined
          : new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
      },
    });
    await bench.invoke(bench.function(talks));
    expect(bench.calls.map(({operation}) => operation).slice(0, 4)).toEqual([
      'CreateLogStream',
      'CreateLogGroup',
      'CreateLogStream',
      'PutLogEvents',
    ]);
  });

  it('and is lost with one warning when the role may not write it', async () => {
    const denied = new ServiceError(
      'AccessDeniedException',
      'User: orders-role is not authorized to perform: logs:PutLogEvents',
    );
    const bench = open({deny: ({operation}) => (operation === 'PutLogEvents' ? denied : undefined)});
    const fn = bench.function(talks);
    expect((await bench.invoke(fn)).functionError).toBeUndefined();
    await bench.invoke(fn);
    expect(bench.warnings).toEqual([`Log lines of ${fn.configuration.FunctionName} are lost: ${denied.message}`]);
  });

  it('as fast as anybody reads, not in the memory of the function', async () => {
    const bench = open();
    const lines = 150_000;
    const fn = bench.function(
      {
        'index.mjs': `export const handler = async () => {
          for (let line = 0; line < ${lines}; line++) process.stdout.write(line + 'x'.repeat(80) + '\\n');
          return Math.round(process.memoryUsage().rss / 1024 / 1024);
        }`,
      },
      {MemorySize: 128, Timeout: 60},
    );
    const {value, functionError} = await bench.invoke(fn);
    expect(functionError).toBeUndefined();
    expect(value).toBeLessThan(128);
    expect(bench.messages().filter(message => message.endsWith('xxx'))).toHaveLength(lines);
  });

  it('while an invocation still runs', async () => {
    const bench = open();
    const fn = bench.function({
      'index.mjs': `export const handler = async () => { console.log('first'); await new Promise(r => setTimeout(r, 1500)) }`,
    });
    let ended = false;
    const running = bench.invoke(fn).finally(() => (ended = true));
    while (!bench.messages().some(message => message.endsWith('first')))
      await new Promise(resolve => setTimeout(resolve, 10));
    expect(ended).toBe(false);
    await running;
  });
});
