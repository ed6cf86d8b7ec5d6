import type {Credentials} from '../../../src/local/access/access.ts';
import {type Clock, systemClock} from '../../../src/local/clock.ts';
import type {Operation, Service} from '../../../src/local/operation.ts';
import {type Gateway, startGateway} from '../../../src/local/wire/gateway.ts';
import {developer} from '../harness.ts';

/** Services made by a test behind a real gateway; everybody may do everything. */
export interface EchoCloud extends Gateway {
  readonly credentials: {readonly accessKeyId: string; readonly secretAccessKey: string};
  /** Inputs as the operations got them. */
  readonly calls: {readonly operation: string; readonly input: Record<string, unknown>}[];
  readonly keys: Map<string, Credentials>;
  readonly bugs: unknown[];
  /** What an AWS SDK client needs to reach this cloud. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: {readonly accessKeyId: string; readonly secretAccessKey: string};
    readonly maxAttempts: number;
  };
}

export async function startEchoCloud(services: readonly Service[], clock: Clock = systemClock): Promise<EchoCloud> {
  const calls: EchoCloud['calls'] = [];
  const bugs: unknown[] = [];
  const credentials = {accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'secret'};
  const keys = new Map<string, Credentials>([[credentials.accessKeyId, {...credentials, caller: developer}]]);
  const gateway = await startGateway({
    port: 0,
    control: {
      token: 'token',
      health: () => ({status: 'up'}),
      usage: () => ({}),
      decisions: after => ({after}),
      time: () => ({}),
      forward: async () => {},
      stop: () => {},
    },
    onBug: error => bugs.push(error),
  });
  gateway.serve({
    services,
    region: 'us-east-1',
    clock,
    wallClock: systemClock,
    answerApi: () => Promise.reject(new Error('not in this test')),
    access: {
      credentialsOf: id => keys.get(id),
      async call<T>(caller: Credentials['caller'], name: string, operationName: string, input: object, options = {}) {
        const service = services.find(candidate => candidate.name === name)!;
        const operation = service.operations.find(candidate => candidate.name === operationName)!;
        calls.push({operation: operationName, input: input as Record<string, unknown>});
        const context = {
          caller,
          account: '000000000000',
          region: 'us-east-1',
          endpoint: gateway.endpoint,
          clock,
          requestId: 'request',
          signal: new AbortController().signal,
          call: () => Promise.reject(new Error('not in this test')),
          ...options,
        };
        return (await operation.run(input, context, service.store)) as T;
      },
    },
  });
  return {
    ...gateway,
    credentials,
    calls,
    keys,
    bugs,
    client: {endpoint: gateway.endpoint, region: 'us-east-1', credentials, maxAttempts: 1},
  };
}

export function serviceOf(
  name: string,
  protocol: Service['protocol'],
  // biome-ignore lint/suspicious/noExplicitAny: each test's operations have inputs of their own
  operations: readonly Operation<unknown, any, unknown>[],
): Service {
  return {name, signingNames: [name === 'cloudwatch' ? 'monitoring' : name], protocol, store: undefined, operations};
}
