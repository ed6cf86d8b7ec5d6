import {notImplemented} from '../../service-error.ts';
import {invalidParameter} from './errors.ts';
import {executionRole} from './execution-role.ts';
import type {FunctionConfiguration} from './function-configuration.ts';
import type {LambdaStore} from './store.ts';

type RoleOf = Pick<FunctionConfiguration, 'FunctionName' | 'Role'>;

export function checkTrust({FunctionName, Role}: RoleOf, store: LambdaStore): void {
  const {identity, account} = store.options;
  const sourceArn = store.arn({name: FunctionName});
  if (!identity.trusts(Role, {service: 'lambda.amazonaws.com', sourceArn, sourceAccount: account}))
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
}

/** Lambda looks when a queue is named, not when the first message is lost. */
export function checkDeadLetterQueue(
  configuration: RoleOf & Pick<FunctionConfiguration, 'DeadLetterConfig'>,
  store: LambdaStore,
): void {
  const target = configuration.DeadLetterConfig?.TargetArn;
  if (target === undefined) return;
  const {action, title} = sendingTo(target, 'the dead-letter target');
  if (title !== 'SQS' && title !== 'SNS')
    throw invalidParameter('The provided dead-letter target must be an SQS queue or an SNS topic');
  if (!may(configuration, action, target, store))
    throw invalidParameter(
      `The provided execution role does not have permissions to call ${action.slice(4)} on ${title}`,
    );
}

export function checkTracing(
  configuration: RoleOf & Pick<FunctionConfiguration, 'TracingConfig'>,
  store: LambdaStore,
): void {
  if (configuration.TracingConfig.Mode === 'Active' && !may(configuration, 'xray:PutTraceSegments', '*', store))
    throw invalidParameter('The provided execution role does not have permissions to call PutTraceSegments on XRAY');
}

export function checkDestination(configuration: RoleOf, destination: string | undefined, store: LambdaStore): void {
  if (destination === undefined) return;
  const {action} = sendingTo(destination, 'the destination');
  if (!may(configuration, action, destination, store))
    throw invalidParameter(
      `The function's execution role does not have permissions to call ${action.slice(action.indexOf(':') + 1)} on ${destination}`,
    );
}

function sendingTo(arn: string, what: string): {readonly action: string; readonly title: string} {
  const service = /^arn:aws:(?<service>\w+):/.exec(arn)?.groups?.service ?? '';
  const sending = Object.hasOwn(sendings, service) ? sendings[service] : undefined;
  if (sending === undefined)
    throw notImplemented(`${what} ${arn}: only a queue, a topic, a function or an event bus can be one`);
  return sending;
}

const sendings: Readonly<Record<string, {readonly action: string; readonly title: string}>> = {
  events: {action: 'events:PutEvents', title: 'EventBridge'},
  lambda: {action: 'lambda:InvokeFunction', title: 'Lambda'},
  sns: {action: 'sns:Publish', title: 'SNS'},
  sqs: {action: 'sqs:SendMessage', title: 'SQS'},
};

export function checkPolling(configuration: RoleOf, queue: string, store: LambdaStore): void {
  for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
    if (!may(configuration, `sqs:${action}`, queue, store))
      throw invalidParameter(`The function execution role does not have permissions to call ${action} on SQS`);
}

/** The sentence names all four, whichever of them is missing. */
export function checkReading(configuration: RoleOf, stream: string, store: LambdaStore): void {
  for (const action of ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'])
    if (!may(configuration, `dynamodb:${action}`, stream, store))
      throw invalidParameter(
        `Cannot access stream ${stream}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
      );
}

/** Where a stream's mapping sends what it gives up: a queue, a topic, or a bucket, which Lambda looks for before it writes. */
export function checkOnFailure(configuration: RoleOf, destination: string | undefined, store: LambdaStore): void {
  if (destination !== undefined && !/^arn:aws:(s3|sns|sqs):/.test(destination))
    throw notImplemented(`the destination ${destination} of a stream: only a queue, a topic or a bucket can be one`);
  if (!destination?.startsWith('arn:aws:s3:')) {
    checkDestination(configuration, destination, store);
    return;
  }
  const needed = {ListBucket: destination, PutObject: `${destination}/${failureKeyPrefix}`};
  for (const [action, resource] of Object.entries(needed))
    if (!may(configuration, `s3:${action}`, resource, store))
      throw invalidParameter(
        `The function's execution role does not have permissions to call ${action} on ${destination}`,
      );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export const failureKeyPrefix = 'aws/lambda/';

function may(configuration: RoleOf, action: string, resource: string, {options}: LambdaStore): boolean {
  return options.allows(executionRole(configuration, {onBehalf: 'lambda'}), {action, resource});
}
