import {randomUUID} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {Access} from '../../../src/local/access/access.ts';
import type {Caller} from '../../../src/local/caller.ts';
import {systemClock} from '../../../src/local/clock.ts';
import {type FunctionMetric, openRuntime, type RuntimeOptions} from '../../../src/local/lambda/open-runtime.ts';
import type {FunctionConfiguration} from '../../../src/local/services/lambda/function-configuration.ts';
import type {InvocationResult} from '../../../src/local/services/lambda/runtime.ts';
import {openState} from '../../../src/local/state.ts';

interface LogCall {
  readonly caller: Caller;
  readonly operation: string;
  readonly input: {
    logGroupName: string;
    logStreamName: string;
    logEvents?: {timestamp: number; message: string}[];
  };
}

/** A runtime with real processes, and an access that only notes what is logged. */
export function openRuntimeBench({
  deny,
  ...options
}: {deny?: (call: LogCall) => Error | undefined} & Partial<RuntimeOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gear-runtime-'));
  const state = openState(join(folder, 'state'));
  const calls: LogCall[] = [];
  const metrics: FunctionMetric[] = [];
  const warnings: string[] = [];
  const access: Access = {
    credentialsOf: () => undefined,
    allows: () => true,
    issueCredentials: caller => ({
      accessKeyId: 'ASIAFUNCTION',
      secretAccessKey: 'secret-of-the-function',
      sessionToken: 'token-of-the-function',
      caller,
    }),
    async call(caller, _service, operation, input) {
      const call = {caller, operation, input} as LogCall;
      calls.push(call);
      const denied = deny?.(call);
      if (denied) throw denied;
      return undefined as never;
    },
  };
  const runtime = openRuntime({
    access: () => access,
    endpoint: () => 'http://127.0.0.1:4566',
    state,
    clock: systemClock,
    region: 'us-east-1',
    onMetric: metric => metrics.push(metric),
    onWarning: warning => warnings.push(warning),
    ...options,
  });
  return {
    runtime,
    calls,
    metrics,
    warnings,
    /** Writes a deployment package and says how to run it. */
    function(files: Record<string, string>, configuration: Partial<FunctionConfiguration> = {}) {
      const name = configuration.FunctionName ?? `orders-${randomUUID().slice(0, 8)}`;
      const taskRoot = join(folder, 'code', name);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(taskRoot, path)), {recursive: true});
        writeFileSync(join(taskRoot, path), text);
      }
      return {taskRoot, configuration: functionConfiguration({...configuration, FunctionName: name})};
    },
    async invoke(
      {taskRoot, configuration}: {taskRoot: string; configuration: FunctionConfiguration},
      event: unknown = {},
      reservedConcurrency?: number,
    ): Promise<InvocationResult & {value: unknown; requestId: string}> {
      const requestId = randomUUID();
      const result = await runtime.invoke({
        configuration,
        taskRoot,
        invokedFunctionArn: configuration.FunctionArn,
        requestId,
        payload: Buffer.from(JSON.stringify(event)),
        ...(reservedConcurrency !== undefined && {reservedConcurrency}),
      });
      return {...result, requestId, value: JSON.parse(Buffer.from(result.payload).toString())};
    },
    /** Messages that arrived in the log group, in order. */
    messages: () => calls.flatMap(call => call.input.logEvents ?? []).map(event => event.message),
    async close() {
      await runtime.close();
      state.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

function functionConfiguration(overrides: Partial<FunctionConfiguration>): FunctionConfiguration {
  const name = overrides.FunctionName ?? 'orders';
  return {
    FunctionName: name,
    FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::000000000000:role/orders-role',
    Handler: 'index.handler',
    CodeSize: 1,
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    LastModified: '2026-01-01T00:00:00.000+0000',
    CodeSha256: 'sha',
    Version: '$LATEST',
    TracingConfig: {Mode: 'PassThrough'},
    RevisionId: 'revision',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: {Size: 512},
    LoggingConfig: {LogFormat: 'Text', LogGroup: `/aws/lambda/${name}`},
    ...overrides,
  };
}
