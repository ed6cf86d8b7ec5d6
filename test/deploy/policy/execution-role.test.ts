import {afterAll, beforeAll, expect, test} from 'vitest';
import {deployerPolicies} from '../../../src/deploy/policy/deployer-policy.ts';
import {type LocalCloud, startLocalCloud} from '../../../src/local/cloud.ts';
import {clientsWith, deleteStack, deploy, makeRole, type ServiceOnDisk, serviceOnDisk} from './deploying-service.ts';

let cloud: LocalCloud;
let service: ServiceOnDisk;
beforeAll(async () => {
  cloud = await startLocalCloud();
  service = await serviceOnDisk({template: 'queue-worker', language: 'typescript', queue: undefined});
});
afterAll(async () => {
  service.remove();
  await cloud.close();
});

function policiesOf(executionRole: string, stackName: string) {
  const {policies, trust = {}} = deployerPolicies({
    template: service.template(),
    service: 'orders',
    place: {account: cloud.account, region: cloud.region, stackName},
    parameters: {},
    executionRole,
    bucketExists: false,
  });
  const named = (part: RegExp) => policies.filter(({name}) => part.test(name)).map(({document}) => document);
  return {deployer: named(/^deployer/), execution: {policies: named(/^execution/), trust}};
}

test('who may only pass a role to CloudFormation deploys with it, and from then on without naming it', async () => {
  const {deployer, execution} = policiesOf('OrdersExecution', 'orders');
  const roleArn = await makeRole(cloud, 'OrdersExecution', execution);
  const clients = await clientsWith(cloud, 'OrdersDeployer', deployer);
  expect(await deploy(clients, cloud, service, {stackName: 'orders', roleArn})).toBe('CREATE_COMPLETE');
  service.change();
  expect(await deploy(clients, cloud, service, {stackName: 'orders'})).toBe('UPDATE_COMPLETE');
  const {Stacks = []} = await (await clients.cloudFormation()).describeStacks({StackName: 'orders'});
  expect(Stacks[0]?.RoleARN).toBe(roleArn);
  expect(await deleteStack(clients, 'orders')).toBe('DELETE_COMPLETE');
  for (const role of ['OrdersDeployer', 'OrdersExecution']) expect(cloud.usage(role).roles[0]!.denied).toEqual([]);
});

test('without the role the deployer makes nothing', async () => {
  const {deployer} = policiesOf('NobodysRole', 'alone');
  const clients = await clientsWith(cloud, 'LonelyDeployer', deployer);
  await expect(deploy(clients, cloud, service, {stackName: 'alone'})).rejects.toThrow(
    /LonelyDeployer\/ci is not authorized to perform: [a-z]+:Create\w+ on resource/,
  );
});

test('the role is for its own stack, and another role is not to be passed', async () => {
  const {execution, deployer} = policiesOf('BillsExecution', 'bills');
  const billsRole = await makeRole(cloud, 'BillsExecution', execution);
  const clients = await clientsWith(cloud, 'BillsDeployer', deployer);
  const otherRole = billsRole.replace('BillsExecution', 'OrdersExecution');
  await expect(deploy(clients, cloud, service, {stackName: 'bills', roleArn: otherRole})).rejects.toThrow(
    `is not authorized to perform: iam:PassRole on resource: ${otherRole}`,
  );
  const {endpoint, region, credentials, account} = cloud;
  const {awsClients} = await import('../../../src/aws/clients.ts');
  const developer = awsClients({endpoint, region, credentials});
  await expect(deploy(developer, cloud, service, {stackName: 'other', roleArn: billsRole})).rejects.toThrow(
    `Role arn:aws:iam::${account}:role/BillsExecution is invalid or cannot be assumed`,
  );
});
