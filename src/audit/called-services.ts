import type {Inventory} from '../model/inventory.ts';
import {isUnresolved, type Resolvable} from '../model/resolvable.ts';

/**
 * The services that a role lets a function's own code call, by the names of their endpoints. What Lambda itself does
 * with the role (logs, traces, network interfaces, reading queues and streams) does not go through the VPC.
 */
export function calledServices(role: Resolvable<string>, {policies}: Inventory): readonly string[] {
  const actions = policies
    .filter(({roles}) => roles.includes(role))
    .flatMap(({document}) => (isUnresolved(document) ? [] : document.statements))
    .filter(({effect}) => effect === 'Allow')
    .flatMap(statement => statement.actions);
  const services = actions.flatMap(action =>
    isUnresolved(action) || byLambda.test(action) ? [] : (endpoints[action.split(':')[0]!.toLowerCase()] ?? []),
  );
  return [...new Set(services)].sort();
}

const byLambda =
  /^(sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility)|dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)|kinesis:(DescribeStream|DescribeStreamSummary|GetRecords|GetShardIterator|ListShards|ListStreams|SubscribeToShard))$/i;

/** Prefixes of actions, and what the endpoints of the service end in. Whatever is not here may have another way. */
const endpoints: Readonly<Record<string, string>> = {
  bedrock: 'bedrock-runtime',
  cloudwatch: 'monitoring',
  dynamodb: 'dynamodb',
  events: 'events',
  kinesis: 'kinesis-streams',
  kms: 'kms',
  lambda: 'lambda',
  s3: 's3',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  states: 'states',
  sts: 'sts',
};
