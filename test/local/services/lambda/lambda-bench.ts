import {strToU8, zipSync} from 'fflate';
import type {Clock} from '../../../../src/local/clock.ts';
import type {PermissionRequest} from '../../../../src/local/operation.ts';
import type {Invocation, InvocationResult} from '../../../../src/local/services/lambda/runtime.ts';
import {lambdaService} from '../../../../src/local/services/lambda/service.ts';
import type {LambdaStore} from '../../../../src/local/services/lambda/store.ts';
import {openBench} from '../../harness.ts';

export const role = 'arn:aws:iam::000000000000:role/orders-role';

/** The Lambda service with a runtime that only answers, and roles that may do everything but what is denied. */
export function openLambdaBench(clock?: Clock) {
  const bench = openBench(clock);
  const invocations: Invocation[] = [];
  const retired: string[] = [];
  const denied = new Set<string>();
  const distrusting = new Set<string>();
  const world = {
    answer: (_invocation: Invocation): Promise<unknown> | unknown => ({ok: true}),
    chance: () => Math.random(),
  };
  const options = {
    state: bench.state,
    clock: bench.clock,
    account: '000000000000',
    region: 'us-east-1',
    runtime: {
      concurrentExecutions: 1000,
      requireRuntime: async () => {},
      async invoke(invocation: Invocation): Promise<InvocationResult> {
        invocations.push(invocation);
        const answer = await world.answer(invocation);
        const error = answer instanceof Error;
        const text = JSON.stringify(error ? {errorType: answer.name, errorMessage: answer.message} : (answer ?? null));
        return {
          payload: Buffer.from(text),
          log: 'START\nEND',
          duration: 1,
          ...(error && {functionError: 'Unhandled' as const}),
        };
      },
      retire: (name: string, version?: string) =>
        void retired.push(version === undefined ? name : `${name}:${version}`),
    },
    identity: {trusts: (roleArn: string) => !distrusting.has(roleArn)},
    chance: () => world.chance(),
    allows: (_caller: unknown, {action}: PermissionRequest) => !denied.has(action),
  };
  const service = lambdaService(options);
  bench.services.set('lambda', service);
  const call = <T = Record<string, unknown>>(operation: string, input?: object) =>
    bench.call<T>('lambda', operation, input);
  return {
    ...bench,
    lambda: service.store as LambdaStore,
    options,
    world,
    invocations,
    retired,
    denied,
    distrusting,
    call,
    callService: bench.call,
    createFunction: (input: object = {}) => call('CreateFunction', {...newFunction, ...input}),
    /** What the service would ask access for. */
    permissions: (operationName: string, input: object) =>
      service.operations.find(({name}) => name === operationName)!.permissions(input, bench.context(), service.store),
  };
}

export function zip(files: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}

export const newFunction = {
  FunctionName: 'orders',
  Role: role,
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Code: {ZipFile: zip({'index.mjs': 'export const handler = async () => 1'})},
};
