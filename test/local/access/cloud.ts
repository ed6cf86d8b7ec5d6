import {type OpenAccess, openAccess} from '../../../src/local/access/open-access.ts';
import type {AssumedRole} from '../../../src/local/caller.ts';
import type {Clock} from '../../../src/local/clock.ts';
import {operationOf, type PermissionRequest, type Service} from '../../../src/local/operation.ts';
import {iamService} from '../../../src/local/services/iam/service.ts';
import type {IamStore} from '../../../src/local/services/iam/store.ts';
import {stsService} from '../../../src/local/services/sts/service.ts';
import {document} from '../../../src/local/shape.ts';
import {openState} from '../../../src/local/state.ts';

export const account = '000000000000';
export const region = 'us-east-1';
export const queueArn = `arn:aws:sqs:${region}:${account}:orders`;

export interface SmallCloud {
  readonly access: OpenAccess;
  readonly iam: IamStore;
  readonly services: Map<string, Service>;
  /** As the developer. */
  call<T = Record<string, unknown>>(service: string, operation: string, input?: object): Promise<T>;
  /** Makes a role that Lambda and the account may assume, with one inline policy `inline`. */
  role(name: string, ...statements: object[]): Promise<AssumedRole>;
  close(): void;
}

/** IAM and STS for real, a queue service of one line, and access in front of them. */
export function openSmallCloud(folder: string, clock: Clock, queuePolicies: Record<string, unknown> = {}): SmallCloud {
  const state = openState(folder);
  const services = new Map<string, Service>();
  const iam = iamService({state, clock, account, region});
  const access = openAccess({
    services,
    identity: iam.store,
    state,
    clock,
    account,
    region,
    endpoint: () => 'http://127.0.0.1:4566',
  });
  services.set('iam', iam);
  const issueCredentials = access.issueCredentials;
  services.set('sts', stsService({account, region, identity: iam.store, issueCredentials}));
  services.set('sqs', queueService(queuePolicies));
  const call = <T>(service: string, operation: string, input: object = {}) =>
    access.call<T>(access.developer.caller, service, operation, input);
  return {
    access,
    iam: iam.store,
    services,
    call,
    async role(name, ...statements) {
      await call('iam', 'CreateRole', {RoleName: name, AssumeRolePolicyDocument: trustPolicy(account)});
      if (statements.length > 0)
        await call('iam', 'PutRolePolicy', {
          RoleName: name,
          PolicyName: 'inline',
          PolicyDocument: policy(...statements),
        });
      return session(name);
    },
    close() {
      access.close();
      state.close();
    },
  };
}

export function session(roleName: string, more: Partial<AssumedRole> = {}): AssumedRole {
  return {
    kind: 'role',
    roleArn: `arn:aws:iam::${account}:role/${roleName}`,
    roleName,
    sessionName: 'i-1',
    arn: `arn:aws:sts::${account}:assumed-role/${roleName}/i-1`,
    ...more,
  };
}

export function policy(...statements: object[]): string {
  return JSON.stringify({Version: '2012-10-17', Statement: statements});
}

export function trustPolicy(aws?: string): string {
  const principal = {Service: 'lambda.amazonaws.com', ...(aws === undefined ? {} : {AWS: aws})};
  return policy({Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole'});
}

/** `Ask` takes whatever permissions its input lists; `Relay` asks for one through another call. */
function queueService(policies: Record<string, unknown>): Service<undefined> {
  const ask = operationOf<undefined>()({
    name: 'Ask',
    input: document,
    permissions: (input: {permissions: PermissionRequest[]}) => input.permissions,
    run: (_, {requestId, endpoint}) => ({requestId, endpoint}),
  });
  const relay = operationOf<undefined>()({
    name: 'Relay',
    input: document,
    permissions: () => [],
    run: (input: object, {call}) => call('sqs', 'Ask', input),
  });
  const mayI = operationOf<undefined>()({
    name: 'MayI',
    input: document,
    permissions: () => [],
    run: (input: PermissionRequest, {allows}) => ({answer: allows?.(input)}),
  });
  return {
    name: 'sqs',
    signingNames: ['sqs'],
    protocol: {kind: 'json', targetPrefix: 'AmazonSQS', version: '1.0'},
    store: undefined,
    operations: [ask, relay, mayI],
    resourcePolicy: arn => policies[arn],
  };
}
