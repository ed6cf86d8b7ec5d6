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
  const queue = configuration.DeadLetterConfig?.TargetArn;
  if (queue !== undefined && !mayUse(configuration, 'SendMessage', queue, store))
    throw invalidParameter('The provided execution role does not have permissions to call SendMessage on SQS');
}

export function checkDestination(configuration: RoleOf, destination: string | undefined, store: LambdaStore): void {
  if (destination === undefined) return;
  if (!destination.startsWith('arn:aws:sqs:'))
    throw notImplemented(`the destination ${destination}: only an SQS queue can be one`);
  if (!mayUse(configuration, 'SendMessage', destination, store))
    throw invalidParameter(
      `The function's execution role does not have permissions to call SendMessage on ${destination}`,
    );
}

export function checkPolling(configuration: RoleOf, queue: string, store: LambdaStore): void {
  for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
    if (!mayUse(configuration, action, queue, store))
      throw invalidParameter(`The function execution role does not have permissions to call ${action} on SQS`);
}

function mayUse(configuration: RoleOf, action: string, queue: string, {options}: LambdaStore): boolean {
  return options.allows(executionRole(configuration, {onBehalf: 'lambda'}), {action: `sqs:${action}`, resource: queue});
}
