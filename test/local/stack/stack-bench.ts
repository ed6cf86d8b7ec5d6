import type {Caller} from '../../../src/local/caller.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {cloudformationService} from '../../../src/local/services/cloudformation/service.ts';
import {type RunningStackEngine, startStackEngine} from '../../../src/local/stack/engine.ts';
import {type Bench, openBench} from '../harness.ts';

type Behaviour = (input: Record<string, unknown>, caller: Caller) => unknown;

export interface StackBench {
  readonly bench: Bench;
  /** Changing calls, in the order in which they began, with the name of what they were about: `sqs:CreateQueue inbox`. */
  readonly calls: string[];
  /** What a call answers instead of the default. */
  on(operation: string, behaviour: Behaviour): void;
  call<T = Record<string, unknown>>(operation: string, input?: object): Promise<T>;
  /** Creates or updates, waits, and answers the stack's status. */
  deploy(template: object | string, options?: object): Promise<string>;
  destroy(options?: object): Promise<string>;
  status(): Promise<string>;
  /** `LogicalId STATUS reason`, oldest first. */
  events(): Promise<string[]>;
  outputs(): Promise<Record<string, string>>;
  /** As after the death of the process: the engine is left as it is, another one starts on the same state. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** CloudFormation and its engine on services that only pretend. */
export function openStackBench(stackName = 'orders'): StackBench {
  const bench = openBench();
  const calls: string[] = [];
  const behaviours = new Map<string, Behaviour>();
  const fakes = pretended();
  const place = {account: '000000000000', region: 'us-east-1'};
  let generation = 0;
  const start = (): RunningStackEngine => {
    const mine = ++generation;
    const service = cloudformationService({
      identity: {trusts: () => true},
      state: bench.state,
      clock: bench.clock,
      ...place,
    });
    bench.services.set('cloudformation', service);
    return startStackEngine({
      store: service.store,
      clock: bench.clock,
      ...place,
      access: {
        async call<T>(caller: Caller, name: string, operation: string, input: object) {
          const about = input as Record<string, unknown>;
          const subject =
            about.QueueName ?? about.QueueUrl ?? about.RoleName ?? about.logGroupName ?? about.TableName ?? '';
          if (!operation.startsWith('Get')) calls.push(`${name}:${operation} ${subject}`);
          const behaviour = behaviours.get(`${name}:${operation}`) ?? fakes[`${name}:${operation}`];
          const answer = await behaviour?.(about, caller);
          // A process that died hears no answers.
          if (mine !== generation) return new Promise<T>(() => {});
          return (answer ?? {}) as T;
        },
      },
    });
  };
  let engine = start();
  const call = <T>(operation: string, input: object = {}) => bench.call<T>('cloudformation', operation, input);
  let stackId = stackName;
  const status = async () => {
    const {Stacks} = await call<{Stacks: {StackStatus: string}[]}>('DescribeStacks', {StackName: stackId});
    return Stacks[0]!.StackStatus;
  };
  return {
    bench,
    calls,
    on: (operation, behaviour) => void behaviours.set(operation, behaviour),
    call,
    async deploy(template, options = {}) {
      const exists = await status().then(
        current => current !== 'DELETE_COMPLETE',
        () => false,
      );
      const {StackId} = await call<{StackId: string}>(exists ? 'UpdateStack' : 'CreateStack', {
        StackName: stackName,
        TemplateBody: typeof template === 'string' ? template : JSON.stringify(template),
        Capabilities: ['CAPABILITY_IAM'],
        ...options,
      });
      stackId = StackId;
      await engine.settled(stackId);
      return status();
    },
    async destroy(options = {}) {
      await call('DeleteStack', {StackName: stackId, ...options});
      await engine.settled(stackId);
      return status();
    },
    status,
    async events() {
      const {StackEvents} = await call<{StackEvents: Record<string, string>[]}>('DescribeStackEvents', {
        StackName: stackId,
      });
      return StackEvents.reverse().map(({LogicalResourceId, ResourceStatus, ResourceStatusReason}) =>
        [LogicalResourceId, ResourceStatus, ResourceStatusReason].filter(part => part !== undefined).join(' '),
      );
    },
    async outputs() {
      const {Stacks} = await call<{Stacks: {Outputs: {OutputKey: string; OutputValue: string}[]}[]}>('DescribeStacks', {
        StackName: stackId,
      });
      return Object.fromEntries(Stacks[0]!.Outputs.map(({OutputKey, OutputValue}) => [OutputKey, OutputValue]));
    },
    async restart() {
      engine = start();
      await engine.settled(stackId);
    },
    async close() {
      await engine.close();
      await bench.close();
    },
  };
}

export function refusal(code: string, message: string): Behaviour {
  return () => {
    throw new ServiceError(code, message);
  };
}

function pretended(): Record<string, Behaviour> {
  const queues = new Set<unknown>();
  return {
    'sqs:CreateQueue'({QueueName}) {
      queues.add(QueueName);
      return {QueueUrl: `http://127.0.0.1:4566/000000000000/${QueueName}`};
    },
    'sqs:GetQueueUrl'({QueueName}) {
      if (!queues.has(QueueName)) throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    },
    'sqs:DeleteQueue'({QueueUrl}) {
      if (!queues.delete(String(QueueUrl).split('/').at(-1)))
        throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    },
    'iam:CreateRole': ({RoleName}) => ({
      Role: {Arn: `arn:aws:iam::000000000000:role/${RoleName}`, RoleId: `AROA${RoleName}`},
    }),
  };
}
