import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, describe, expect, it} from 'vitest';
import {findPython} from '../../../src/local/lambda/find-python.ts';
import {pythonLanguage} from '../../../src/local/lambda/python-language.ts';
import type {FunctionConfiguration} from '../../../src/local/services/lambda/function-configuration.ts';
import {openRuntimeBench} from './runtime-bench.ts';

const python = await findPython(13, process);
const bench = openRuntimeBench();
afterAll(() => bench.close());
afterEach(() => {
  bench.calls.length = 0;
});

const Runtime = `python3.${python?.minor ?? 13}`;
const fn = (code: string | Record<string, string>, configuration: Partial<FunctionConfiguration> = {}) =>
  bench.function(typeof code === 'string' ? {'app.py': code} : code, {
    Runtime,
    Handler: 'app.handler',
    ...configuration,
  });
const answers = 'def handler(event, context):\n    return {"got": event["order"]}\n';
const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

describe.skipIf(python === undefined)('a Python function', () => {
  it.each<[string, Record<string, string>, string]>([
    ['in a module', {'app.py': answers}, 'app.handler'],
    ['in a package, with dots', {'orders/__init__.py': '', 'orders/app.py': answers}, 'orders.app.handler'],
    ['in a folder, with a slash', {'orders/app.py': answers}, 'orders/app.handler'],
  ])('is found %s', async (_, files, Handler) => {
    expect((await bench.invoke(fn(files, {Handler}), {order: 7})).value).toEqual({got: 7});
  });

  it('gets a context that names the invocation and counts down', async () => {
    const context = fn(
      `def handler(event, context):
    known = {name: value for name, value in vars(context).items() if isinstance(value, str)}
    return {**known, "left": context.get_remaining_time_in_millis(), "identity": context.identity.cognito_identity_id}`,
      {Timeout: 5, MemorySize: 256},
    );
    const {value, requestId} = await bench.invoke(context);
    expect(value).toMatchObject({
      aws_request_id: requestId,
      function_name: context.configuration.FunctionName,
      function_version: '$LATEST',
      invoked_function_arn: context.configuration.FunctionArn,
      memory_limit_in_mb: '256',
      log_group_name: `/aws/lambda/${context.configuration.FunctionName}`,
      log_stream_name: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      identity: null,
    });
    expect((value as {left: number}).left).toBeGreaterThan(3000);
    expect((value as {left: number}).left).toBeLessThanOrEqual(5000);
  });

  it('answers what JSON can say: null for nothing, a number for a Decimal, text as it is', async () => {
    expect((await bench.invoke(fn('def handler(event, context): pass'))).value).toBeNull();
    const decimal = 'from decimal import Decimal\ndef handler(event, context): return [Decimal("1.5"), "é"]';
    expect((await bench.invoke(fn(decimal))).value).toEqual([1.5, 'é']);
  });

  it('keeps what its module holds, and is frozen between invocations', async () => {
    const ticking = fn(`import os, threading, time
ticks = []
def tick():
    while True:
        ticks.append(time.time() * 1000)
        time.sleep(0.005)
def handler(event, context):
    if event.get("start"): threading.Thread(target=tick, daemon=True).start()
    else: time.sleep(0.06)
    return [ticks, os.getpid()]`);
    const [, pid] = (await bench.invoke(ticking, {start: true})).value as [number[], number];
    while (stateOf(pid) !== 'T') await new Promise(resolve => setTimeout(resolve, 5));
    const frozen = Date.now() + 1;
    await new Promise(resolve => setTimeout(resolve, 250));
    const thawed = Date.now();
    const [ticks, same] = (await bench.invoke(ticking)).value as [number[], number];
    expect(same).toBe(pid);
    expect(ticks.filter(at => at > frozen && at < thawed)).toEqual([]);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(thawed);
  });

  it('sees nothing of the developer: neither variables nor installed packages', async () => {
    const seen = fn(
      `import importlib.util, os, sys
def handler(event, context):
    return {"path": sys.path, "env": dict(os.environ), "pip": importlib.util.find_spec("pip") is not None}`,
      {Environment: {Variables: {TABLE: 'orders'}}},
    );
    process.env.DATABASE_PASSWORD = 'hunter2';
    const {value} = await bench.invoke(seen).finally(() => delete process.env.DATABASE_PASSWORD);
    const {path, env, pip} = value as {path: string[]; env: Record<string, string>; pip: boolean};
    expect(pip).toBe(false);
    expect(path[0]).toBe(seen.taskRoot);
    expect(path.filter(folder => /site-packages|dist-packages|gear/.test(folder.replace(seen.taskRoot, '')))).toEqual(
      [],
    );
    expect(env).toMatchObject({TABLE: 'orders', AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`});
    const known = /^(AWS_|LAMBDA_|_HANDLER|_X_AMZN|LANG$|LC_CTYPE$|PATH$|HOME$|TMPDIR$|TZ$|TABLE$)/;
    expect(Object.keys(env).filter(name => !known.test(name))).toEqual([]);
  });

  it.skipIf(python?.sdk === undefined)('may import boto3, which the managed runtime brings', async () => {
    const imports = 'import boto3\ndef handler(event, context): return boto3.client("sqs").meta.endpoint_url';
    expect((await bench.invoke(fn(imports, {Timeout: 20}))).value).toBe('http://127.0.0.1:4566');
  });

  it('takes its own boto3 first', async () => {
    const own = {
      'app.py': 'import boto3\ndef handler(event, context): return boto3.__version__',
      'boto3/__init__.py': '__version__ = "own"',
    };
    expect((await bench.invoke(fn(own))).value).toBe('own');
  });

  it('says where boto3 would come from when no Python of this machine has it', async () => {
    const language = pythonLanguage('/nonexistent');
    const [program, ...argv] = (await language.interpreter(Runtime)).command({id: 'one', memorySize: 128});
    const bootstrap = argv.findIndex(argument => argument.endsWith('bootstrap.py'));
    const folder = mkdtempSync(join(tmpdir(), 'gear-python-'));
    try {
      const script = `import runpy, sys, os
os.environ.update(LAMBDA_TASK_ROOT=${JSON.stringify(folder)})
sys.argv = sys.argv[1:]
bootstrap = runpy.run_path(sys.argv[0])
try: bootstrap["load_handler"]("app.handler")
except Exception as error: print(error)`;
      const flags = argv.slice(0, bootstrap);
      execFileSync('sh', ['-c', `echo "import boto3" > ${folder}/app.py`]);
      const said = execFileSync(program, [...flags, '-c', script, argv[bootstrap]!, 'one'], {
        cwd: folder,
        env: {},
        encoding: 'utf8',
      });
      expect(said).toContain("Unable to import module 'app': No module named 'boto3' (boto3 is part of Lambda's");
      expect(said).toContain('python3 -m pip install boto3');
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });
});

describe.skipIf(python === undefined)('a failure of a Python function is told in the words of Lambda', () => {
  it.concurrent.each<[string, string, object, object?]>([
    [
      'an exception',
      'def handler(event, context):\n    raise KeyError("order")',
      {
        errorType: 'KeyError',
        errorMessage: "'order'",
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        stackTrace: [
          expect.stringMatching(/^ {2}File ".*app\.py", line 2, in handler\n {4}raise KeyError\("order"\)\n/),
        ],
      },
    ],
    [
      'an exception while the module is loaded',
      'raise ValueError("no table")',
      {errorType: 'ValueError', errorMessage: 'no table', requestId: ''},
    ],
    [
      'a missing module',
      'import prices',
      {errorType: 'Runtime.ImportModuleError', errorMessage: "Unable to import module 'app': No module named 'prices'"},
    ],
    [
      'a syntax error',
      'def handler(event, context)\n',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: expect.stringMatching(/^Syntax error in module 'app': expected ':'/),
        stackTrace: [expect.stringMatching(/app\.py" Line 1\n/)],
      },
    ],
    [
      'no such function',
      'def other(event, context): pass',
      {errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'handler' missing on module 'app'"},
    ],
    [
      'a handler without a module',
      '',
      {errorType: 'Runtime.MalformedHandlerName', errorMessage: expect.stringContaining("Bad handler 'handler'")},
      {Handler: 'handler'},
    ],
    [
      'an answer that is no JSON',
      'def handler(event, context): return object()',
      {
        errorType: 'Runtime.MarshalError',
        errorMessage: 'Unable to marshal response: Object of type object is not JSON serializable',
      },
    ],
    [
      'an exit',
      'import sys\ndef handler(event, context): sys.exit(3)',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/^RequestId: .+ Error: Runtime exited with error: exit status 3$/),
      },
    ],
    [
      'a timeout',
      'import time\ndef handler(event, context): time.sleep(60)',
      {errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/)},
      {Timeout: 1},
    ],
    [
      'more memory than the function has',
      `import time
def handler(event, context):
    held = []
    while True:
        held.append(bytearray(5_000_000))
        time.sleep(0.005)`,
      {errorType: 'Runtime.OutOfMemory', errorMessage: expect.stringMatching(/signal: killed$/)},
      {Timeout: 20},
    ],
  ])('%s', async (_, code, expected, configuration = {}) => {
    const result = await bench.invoke(fn(code, configuration));
    expect(result.functionError).toBe('Unhandled');
    expect(result.value).toMatchObject(expected);
    expect(result.log).toMatch(/^REPORT RequestId: .*\tStatus: (error|timeout)\tError Type: /m);
  });
});

const talks = `import logging, sys
logger = logging.getLogger("orders")
def handler(event, context):
    logger.warning("order %s", event["id"], extra={"customer": {"id": 3}})
    logger.debug("details")
    print('{"_aws": {}}')
    sys.stderr.write("to stderr\\n")
    try: raise RangeError("x")
    except NameError: logger.exception("too\\nlarge")
    print("no line feed", end="")
`;

describe.skipIf(python === undefined)('the log of a Python function', () => {
  it('has in the format Text what AWS writes', async () => {
    const {log, requestId} = await bench.invoke(fn(talks), {id: 7});
    const messages = bench.messages().filter(message => message !== 'to stderr');
    expect(messages).toEqual([
      `INIT_START Runtime Version: python:${python?.version}`,
      `START RequestId: ${requestId} Version: $LATEST`,
      expect.stringMatching(new RegExp(`^\\[WARNING\\]\t${time}\t${requestId}\torder 7$`)),
      '{"_aws": {}}',
      expect.stringMatching(
        new RegExp(
          `^\\[ERROR\\]\t${time}\t${requestId}\ttoo\nlarge\nTraceback .*\n(.*\n)+NameError: name 'RangeError'`,
        ),
      ),
      'no line feed',
      `END RequestId: ${requestId}`,
      expect.stringMatching(/^REPORT RequestId: /),
    ]);
    expect(bench.messages()).toContain('to stderr');
    expect(log).toContain('no line feed');
  });

  it('tells an error as one event, indented so that it stays', async () => {
    await bench.invoke(fn('def handler(event, context):\n    raise ValueError("no order")'));
    expect(bench.messages().find(message => message.startsWith('[ERROR]'))).toMatch(
      /^\[ERROR\] ValueError: no order\nTraceback \(most recent call last\):\n\u00a0\u00a0File ".*", line 2, in handler\n\u00a0{4}raise/,
    );
  });

  it('has in the format JSON objects with what was given as extra, from the level on that is asked for', async () => {
    const json = fn(talks, {LoggingConfig: {LogFormat: 'JSON', LogGroup: '/orders', ApplicationLogLevel: 'INFO'}});
    const {requestId} = await bench.invoke(json, {id: 7});
    const own = bench.messages().flatMap(message => (message.includes('"logger"') ? [JSON.parse(message)] : []));
    const timestamp = expect.stringMatching(new RegExp(`^${time}$`));
    expect(own).toEqual([
      {timestamp, level: 'WARNING', message: 'order 7', logger: 'orders', requestId, customer: {id: 3}},
      {
        timestamp,
        level: 'ERROR',
        message: 'too\nlarge',
        logger: 'orders',
        stackTrace: [expect.stringContaining('RangeError')],
        errorType: 'NameError',
        errorMessage: "name 'RangeError' is not defined",
        requestId,
        location: expect.stringMatching(/app\.py:handler:\d+$/),
      },
    ]);
  });

  it('tells an unhandled error in the format JSON as AWS does', async () => {
    const json = fn('def handler(event, context): raise ValueError("no order")', {
      LoggingConfig: {LogFormat: 'JSON', LogGroup: '/orders'},
    });
    const {requestId} = await bench.invoke(json);
    const told = bench
      .messages()
      .map(message => JSON.parse(message))
      .find(({level}) => level === 'ERROR');
    expect(told).toMatchObject({errorType: 'ValueError', errorMessage: 'no order', requestId});
  });
});

function stateOf(pid: number): string {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], {encoding: 'utf8'}).trim()[0]!;
}
