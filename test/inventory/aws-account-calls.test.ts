import {describe, expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {GearError} from '../../src/errors.ts';
import {awsAccountCalls} from '../../src/inventory/account/aws-account-calls.ts';

interface Sent {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Every client answers from one list of recorded answers, and what it was sent is kept. */
function recorded(answer: (sent: Sent) => unknown) {
  const sent: Sent[] = [];
  const client = {
    async send(command: {constructor: {name: string}; input: Record<string, unknown>}) {
      const {name} = command.constructor;
      const request = {operation: name.replace(/Command$/, ''), input: command.input};
      sent.push(request);
      const given = answer(request);
      if (given instanceof Error) throw given;
      return given;
    },
  };
  const clients = new Proxy({}, {get: () => async () => client}) as AwsClients;
  return {sent, calls: awsAccountCalls(clients)};
}

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), {name, $metadata: {httpStatusCode: 400}});
}

describe('every page is read', () => {
  test('of functions, in the largest pages', async () => {
    const {calls, sent} = recorded(({input}) =>
      input.Marker === undefined
        ? {Functions: [{FunctionName: 'a'}], NextMarker: 'next'}
        : {Functions: [{FunctionName: 'b'}], NextMarker: ''},
    );
    expect((await calls.functions()).map(({FunctionName}) => FunctionName)).toEqual(['a', 'b']);
    expect(sent.map(({input}) => [input.Marker, input.MaxItems])).toEqual([
      [undefined, 50],
      ['next', 50],
    ]);
  });

  test('of roles and policies, with one call for most accounts', async () => {
    const {calls, sent} = recorded(({input}) =>
      input.Marker === undefined
        ? {RoleDetailList: [{RoleName: 'a'}], Policies: [], IsTruncated: true, Marker: 'm'}
        : {RoleDetailList: [], Policies: [{PolicyName: 'p'}], IsTruncated: false, Marker: 'ignored'},
    );
    expect(await calls.rolesAndPolicies()).toEqual({roles: [{RoleName: 'a'}], policies: [{PolicyName: 'p'}]});
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatchObject({
      operation: 'GetAccountAuthorizationDetails',
      input: {Filter: ['Role', 'LocalManagedPolicy'], MaxItems: 1000},
    });
  });

  test.each([
    ['eventSourceMappings', 'EventSourceMappings', 'Marker', 'NextMarker'],
    ['logGroups', 'logGroups', 'nextToken', 'nextToken'],
    ['alarms', 'MetricAlarms', 'NextToken', 'NextToken'],
  ] as const)('of %s', async (call, list, marker, next) => {
    const {calls} = recorded(({input}) =>
      input[marker] === undefined ? {[list]: [{id: 1}], [next]: 'more'} : {[list]: [{id: 2}]},
    );
    expect(await calls[call]()).toEqual([{id: 1}, {id: 2}]);
  });
});

test('of a schedule is read what it sends, when its target is a function', async () => {
  const target = (service: string) => ({Arn: `arn:aws:${service}:eu-central-1:111122223333:orders`});
  const {calls, sent} = recorded(({operation, input}) =>
    operation === 'GetSchedule'
      ? {Target: {...target('lambda'), Input: `{"from": "${input.GroupName}/${input.Name}"}`}}
      : input.NextToken === undefined
        ? {Schedules: [{Name: 'ping', GroupName: 'default', Target: target('lambda')}], NextToken: 'more'}
        : {Schedules: [{Name: 'send', GroupName: 'default', Target: target('sqs')}]},
  );
  expect(await calls.scheduledTargets()).toEqual([{arn: target('lambda').Arn, input: '{"from": "default/ping"}'}]);
  expect(sent.map(({operation}) => operation)).toEqual(['ListSchedules', 'ListSchedules', 'GetSchedule']);
});

test('a queue is asked for by the name and account of its ARN', async () => {
  const {calls, sent} = recorded(({operation}) =>
    operation === 'GetQueueUrl' ? {QueueUrl: 'https://queue'} : {Attributes: {VisibilityTimeout: '30'}},
  );
  expect(await calls.queueAttributes('arn:aws:sqs:eu-central-1:111122223333:orders')).toEqual({
    VisibilityTimeout: '30',
  });
  expect(sent[0]!.input).toEqual({QueueName: 'orders', QueueOwnerAWSAccountId: '111122223333'});
});

describe('what AWS refuses', () => {
  test('a policy or a destination that is not there is no error', async () => {
    const {calls} = recorded(() => awsError('ResourceNotFoundException', 'none'));
    expect(await calls.functionPolicy('ingest')).toBeUndefined();
    expect(await calls.onFailureDestination('ingest')).toBeUndefined();
  });

  test.each([
    'functions',
    'rolesAndPolicies',
    'eventSourceMappings',
    'scheduledTargets',
    'logGroups',
    'alarms',
  ] as const)('%s: is said as a sentence', async call => {
    const {calls} = recorded(() => awsError('AccessDeniedException', 'not authorized'));
    await expect(calls[call]()).rejects.toThrow(GearError);
    await expect(calls[call]()).rejects.toThrow(/^Could not (list|read) .*AccessDeniedException: not authorized/);
  });
});
