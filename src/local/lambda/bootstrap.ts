/**
 * The Node.js runtime of an execution environment: a process of its own that loads the handler, takes invocations from
 * the Lambda Runtime API and gives back results (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 * One file with nothing but Node's modules, for it runs as it stands, as .ts from the sources and as .js from a build.
 * What it says, and how it formats errors and log lines, follows AWS's own Node.js runtime interface client.
 */
import {existsSync, realpathSync, statSync} from 'node:fs';
import {Agent, type IncomingMessage, request} from 'node:http';
import module from 'node:module';
import {resolve, sep} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {format} from 'node:util';

type Handler = (event: unknown, context: object, callback?: Callback) => unknown;
type Callback = (error?: unknown, result?: unknown) => void;

interface RuntimeInvocation {
  readonly requestId: string;
  readonly event: string;
  readonly headers: IncomingMessage['headers'];
}

const environment = process.env as Record<string, string>;
const api = environment.AWS_LAMBDA_RUNTIME_API!;
const taskRoot = realpathSync(environment.LAMBDA_TASK_ROOT!);
const runtimeVersion = Number(/nodejs(\d+)/.exec(environment.AWS_EXECUTION_ENV ?? '')?.[1] ?? 24);
const agent = new Agent({keepAlive: true, maxSockets: 2});
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof levels)[number];
/** Of the invocation in hand; undefined while the handler is loaded. */
let requestId: string | undefined;

// Not awaited: a handler that waits for nothing that will come lets the process end with 0, as on AWS, rather than 13.
void main();

async function main(): Promise<void> {
  writeAtOnce();
  patchConsole();
  keepToThePackage();
  process.on('uncaughtException', error => void leave('Uncaught Exception', error, 129));
  process.on('unhandledRejection', reason => {
    const error = named('Runtime.UnhandledPromiseRejection', String(reason));
    void leave('Unhandled Promise Rejection', Object.assign(error, {reason}), 128);
  });
  let handler: Handler;
  try {
    handler = await loadHandler(environment._HANDLER ?? '');
  } catch (error) {
    await leave('Uncaught Exception', error, 1);
    return;
  }
  for (;;) await handleNext(handler);
}

async function handleNext(handler: Handler): Promise<void> {
  const invocation = await nextInvocation();
  requestId = invocation.requestId;
  if (typeof invocation.headers['lambda-runtime-trace-id'] === 'string')
    process.env._X_AMZN_TRACE_ID = invocation.headers['lambda-runtime-trace-id'];
  try {
    const body = stringify(await call(handler, JSON.parse(invocation.event), contextOf(invocation)));
    // What the handler left on the event loop for "right now" runs before the environment is frozen, as on AWS.
    await new Promise(done => setImmediate(done));
    await markEndOfLog();
    await post(`invocation/${requestId}/response`, body);
  } catch (error) {
    await new Promise(done => setImmediate(done));
    logError('Invoke Error', error);
    await markEndOfLog();
    await post(`invocation/${requestId}/error`, JSON.stringify(described(error)));
  }
}

function call(handler: Handler, event: unknown, context: object): unknown {
  return runtimeVersion >= 24 ? handler(event, context) : callWithCallback(handler, event, context);
}

/** Up to Node.js 22 a handler may also answer by a callback, or by `context.done`, `succeed` and `fail`. */
function callWithCallback(handler: Handler, event: unknown, context: object): Promise<unknown> {
  return new Promise((fulfil, reject) => {
    const settle: Callback = (error, result) =>
      error === null || error === undefined ? fulfil(result) : reject(error as Error);
    let atEnd = () => fulfil(null);
    // Nothing left to wait for: the callback's answer, and null when it was never called.
    process.once('beforeExit', () => atEnd());
    const callback: Callback = (error, result) => {
      const waits = (context as {callbackWaitsForEmptyEventLoop: boolean}).callbackWaitsForEmptyEventLoop;
      if (waits) atEnd = () => settle(error, result);
      else settle(error, result);
    };
    Object.assign(context, {
      done: settle,
      succeed: (result: unknown) => settle(null, result),
      fail: (error: unknown) => settle(error ?? 'handled'),
    });
    const answer = handler(event, context, callback);
    if (typeof (answer as Promise<unknown> | undefined)?.then === 'function')
      (answer as Promise<unknown>).then(fulfil, reject);
  }).finally(() => process.removeAllListeners('beforeExit'));
}

function contextOf({headers, requestId: awsRequestId}: RuntimeInvocation): object {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const clientContext = headers['lambda-runtime-client-context'];
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: typeof clientContext === 'string' ? JSON.parse(clientContext) : undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result ?? null) ?? 'null';
  } catch {
    throw named('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

// The handler

/** `folder/file.export`, where the export may be nested (`file.api.handler`). */
async function loadHandler(name: string): Promise<Handler> {
  if (name.includes('..'))
    throw named(
      'Runtime.MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  const [, root = '', file, path] = /^(.*\/)?([^./]*)\.(.+)$/.exec(name) ?? [];
  if (file === undefined || path === undefined) throw named('Runtime.MalformedHandlerName', 'Bad handler');
  const exports = await loadModule(root, file);
  const handler = memberOf(exports, path) ?? memberOf((exports as {default?: unknown}).default, path);
  if (handler === undefined) throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${name} is not a function`);
  if (runtimeVersion >= 24 && handler.length >= 3)
    throw named(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  return handler as Handler;
}

async function loadModule(root: string, file: string): Promise<unknown> {
  try {
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      const path = resolve(taskRoot, root, file + extension);
      if (existsSync(path) && statSync(path).isFile()) return await import(pathToFileURL(path).href);
    }
  } catch (error) {
    if (error instanceof SyntaxError)
      throw Object.assign(named('Runtime.UserCodeSyntaxError', String(error)), {stack: error.stack});
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND')
      throw named('Runtime.ImportModuleError', String(error));
    throw error;
  }
  throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'\nRequire stack:\n- ${taskRoot}`);
}

function memberOf(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) => (found !== null && found !== undefined ? (found as Record<string, unknown>)[key] : undefined),
      value,
    );
}

/**
 * A package is found in the deployment package or not at all: Node would go on to look in the folders above it, where
 * the developer's own node_modules may lie. What the managed runtime brings, the AWS SDK, comes from gear.
 */
function keepToThePackage(): void {
  const ownRequire = module.createRequire(import.meta.url);
  module.registerHooks?.({
    resolve(specifier, context, next) {
      const bare = !/^(?:[./]|[a-z]+:)/i.test(specifier) && !module.isBuiltin(specifier);
      const fromPackage = context.parentURL?.startsWith('file:') && isInPackage(context.parentURL);
      if (!bare || !fromPackage) return next(specifier, context);
      let missing: unknown;
      try {
        const found = next(specifier, context);
        if (!found.url.startsWith('file:') || isInPackage(found.url)) return found;
        const code = context.conditions?.includes('require') ? 'MODULE_NOT_FOUND' : 'ERR_MODULE_NOT_FOUND';
        const from = fileURLToPath(context.parentURL!);
        missing = Object.assign(new Error(`Cannot find package '${specifier}' imported from ${from}`), {code});
      } catch (error) {
        missing = error;
      }
      if (!/^@(?:aws-sdk|smithy)\//.test(specifier)) throw missing;
      try {
        // For a require, Node resolves from the module that calls it, whatever the context says.
        if (context.conditions?.includes('require'))
          return {url: pathToFileURL(ownRequire.resolve(specifier)).href, shortCircuit: true};
        return next(specifier, {...context, parentURL: import.meta.url});
      } catch {
        throw missing;
      }
    },
  });
}

function isInPackage(url: string): boolean {
  return fileURLToPath(url).startsWith(taskRoot + sep);
}

// The log

/**
 * A write waits until the embedded AWS has taken it, as on AWS: a handler that writes faster than anybody reads would
 * hold it all in its memory, and one that calls process.exit would lose it.
 */
function writeAtOnce(): void {
  for (const stream of [process.stdout, process.stderr])
    (stream as {_handle?: {setBlocking?(blocking: boolean): void}})._handle?.setBlocking?.(true);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html */
function patchConsole(): void {
  const json = environment.AWS_LAMBDA_LOG_FORMAT === 'JSON';
  const least = levels.indexOf((environment.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE') as Level);
  const write = (level: Level) =>
    levels.indexOf(level) < least
      ? () => undefined
      : (message?: unknown, ...rest: unknown[]) => {
          const time = new Date().toISOString();
          const line = json
            ? jsonLine(time, level, message, rest)
            : [time, requestId, level, format(message, ...rest)].join('\t');
          // A line feed would end the log event; the reader of this stream turns carriage returns into line feeds.
          process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
        };
  Object.assign(console, {
    trace: write('TRACE'),
    debug: write('DEBUG'),
    info: write('INFO'),
    log: write('INFO'),
    warn: write('WARN'),
    error: write('ERROR'),
    fatal: write('FATAL'),
  });
}

function jsonLine(timestamp: string, level: Level, message: unknown, rest: readonly unknown[]): string {
  const line: Record<string, unknown> = {timestamp, level, requestId};
  if (rest.length === 0) {
    try {
      return JSON.stringify({...line, message}, (_, value) => (value instanceof Error ? errorMembers(value) : value));
    } catch {
      return JSON.stringify({...line, message: format(message)});
    }
  }
  const error = rest.find(value => value instanceof Error);
  return JSON.stringify({...line, message: format(message, ...rest), ...(error && errorMembers(error))});
}

function errorMembers(error: Error): object {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
    ...error,
  };
}

function logError(message: string, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (environment.AWS_LAMBDA_LOG_FORMAT === 'JSON') console.error(error);
  else {
    const members = {errorType: error.name, errorMessage: error.message, ...error, stack: error.stack?.split('\n')};
    console.error(message, `\t${JSON.stringify(members)}`);
  }
}

/** Tells the reader of both streams that everything this invocation wrote has been written. */
async function markEndOfLog(): Promise<void> {
  const mark = `\0${requestId ?? 'init'}\n`;
  await Promise.all([
    new Promise(done => process.stdout.write(mark, done)),
    new Promise(done => process.stderr.write(mark, done)),
  ]);
}

// The Runtime API

async function nextInvocation(): Promise<RuntimeInvocation> {
  const {headers, body} = await send('GET', 'invocation/next');
  return {requestId: String(headers['lambda-runtime-aws-request-id']), event: body, headers};
}

function post(path: string, body: string): Promise<unknown> {
  return send('POST', path, body);
}

function send(
  method: string,
  path: string,
  body?: string,
): Promise<{headers: IncomingMessage['headers']; body: string}> {
  return new Promise(fulfil => {
    // Without the Runtime API there is nobody to run for: the embedded AWS has ended.
    const gone = () => process.exit(1);
    const outgoing = request(`http://${api}/2018-06-01/runtime/${path}`, {method, agent}, incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', chunk => chunks.push(chunk));
      incoming.on('error', gone);
      incoming.on('end', () => fulfil({headers: incoming.headers, body: Buffer.concat(chunks).toString()}));
    });
    outgoing.on('error', gone);
    outgoing.end(body);
  });
}

/** After an error nobody caught, the environment is not to be trusted with another invocation. */
async function leave(message: string, error: unknown, code: number): Promise<void> {
  logError(message, error);
  await markEndOfLog();
  await post(
    requestId === undefined ? 'init/error' : `invocation/${requestId}/error`,
    JSON.stringify(described(error)),
  );
  process.exit(code);
}

function described(error: unknown): object {
  return error instanceof Error
    ? {errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? []}
    : {errorType: typeof error, errorMessage: String(error), trace: []};
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
