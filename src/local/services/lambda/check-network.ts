import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import {invalidParameter} from './errors.ts';
import {executionRole} from './execution-role.ts';
import type {FunctionConfiguration} from './function-configuration.ts';
import type {LambdaStore} from './store.ts';

/**
 * Lambda makes a function's network interfaces with the permissions of its role. It refuses a function whose role may
 * not make, find and delete them; the rest it does where it may.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export async function checkNetwork(
  configuration: Pick<FunctionConfiguration, 'FunctionName' | 'Role' | 'VpcConfig'>,
  context: RequestContext,
  {options}: LambdaStore,
): Promise<void> {
  const {SubnetIds = [], SecurityGroupIds = []} = configuration.VpcConfig ?? {};
  if (SubnetIds.length === 0) return;
  const role = executionRole(configuration, {onBehalf: 'lambda'});
  const ask = (operation: string, input: object = {}) =>
    context.call('ec2', operation, {...input, DryRun: true}, role).catch(error => {
      throw refusal(operation, error);
    });
  for (const SubnetId of SubnetIds) await ask('CreateNetworkInterface', {SubnetId, Groups: SecurityGroupIds});
  await ask('DescribeNetworkInterfaces');
  await ask('DeleteNetworkInterface');
  const everyInterface = `arn:aws:ec2:${context.region}:${context.account}:*/*`;
  for (const [operation, resource] of [
    ['DescribeSubnets', '*'],
    ['AssignPrivateIpAddresses', everyInterface],
    ['UnassignPrivateIpAddresses', everyInterface],
  ] as const)
    if (options.allows(role, {action: `ec2:${operation}`, resource})) await ask(operation);
}

function refusal(operation: string, error: unknown): unknown {
  if (!(error instanceof ServiceError) || error.code !== 'UnauthorizedOperation') return error;
  return invalidParameter(`The provided execution role does not have permissions to call ${operation} on EC2`);
}
