import type {AwsClients} from '../aws/clients.ts';
import {parseRedrivePolicy} from '../aws/redrive-policy.ts';
import type {StackResource} from '../aws/stack-resources.ts';

/** What sends the messages it gives up to a queue. */
export interface DeadLetterSource {
  readonly kind: 'queue' | 'function' | 'event source mapping';
  readonly name: string;
  readonly targetArn: string;
}

/** Queues by their redrive policies. Whose they are does not matter: a queue of one stack may serve another. */
export function queueSources(
  queues: readonly {readonly name: string; readonly attributes: Readonly<Record<string, string>>}[],
): readonly DeadLetterSource[] {
  return queues.flatMap(({name, attributes}) => {
    const policy = parseRedrivePolicy(attributes.RedrivePolicy);
    return policy === undefined ? [] : [{kind: 'queue' as const, name, targetArn: policy.deadLetterTargetArn}];
  });
}

/** Functions by their dead-letter queue and failure destinations, and what reads streams and queues for them. */
export async function functionSources(
  clients: AwsClients,
  resources: readonly StackResource[] | undefined,
): Promise<readonly DeadLetterSource[]> {
  const lambda = await clients.lambda();
  const ofStack = resources?.filter(({type}) => type === 'AWS::Lambda::Function').map(({physicalId}) => physicalId);
  const sources: DeadLetterSource[] = [];
  const add = (kind: DeadLetterSource['kind'], name: string, targetArn: string | undefined) => {
    if (targetArn?.split(':')[2] === 'sqs') sources.push({kind, name, targetArn});
  };
  for (const {name, deadLetterArn} of await functions(clients)) {
    if (ofStack !== undefined && !ofStack.includes(name)) continue;
    add('function', name, deadLetterArn);
    const {FunctionEventInvokeConfigs = []} = await lambda.listFunctionEventInvokeConfigs({FunctionName: name});
    for (const {DestinationConfig} of FunctionEventInvokeConfigs)
      add('function', name, DestinationConfig?.OnFailure?.Destination);
  }
  for (let Marker: string | undefined; ; ) {
    const page = await lambda.listEventSourceMappings({Marker});
    for (const {FunctionArn = '', DestinationConfig} of page.EventSourceMappings ?? []) {
      const name = FunctionArn.split(':')[6] ?? FunctionArn;
      if (ofStack === undefined || ofStack.includes(name))
        add('event source mapping', name, DestinationConfig?.OnFailure?.Destination);
    }
    if (page.NextMarker === undefined) return sources;
    Marker = page.NextMarker;
  }
}

async function functions(clients: AwsClients): Promise<{name: string; deadLetterArn: string | undefined}[]> {
  const lambda = await clients.lambda();
  const found: {name: string; deadLetterArn: string | undefined}[] = [];
  for (let Marker: string | undefined; ; ) {
    const page = await lambda.listFunctions({Marker});
    for (const {FunctionName, DeadLetterConfig} of page.Functions ?? [])
      found.push({name: FunctionName!, deadLetterArn: DeadLetterConfig?.TargetArn});
    if (page.NextMarker === undefined) return found;
    Marker = page.NextMarker;
  }
}
