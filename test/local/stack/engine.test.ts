import {afterEach, expect, test} from 'vitest';
import {openStackBench, refusal, type StackBench} from './stack-bench.ts';

let stack: StackBench;
afterEach(() => stack.close());

const queue = (properties: object = {}, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
  ...more,
});
const redrive = (to: string) => ({
  RedrivePolicy: {deadLetterTargetArn: {'Fn::GetAtt': [to, 'Arn']}, maxReceiveCount: 5},
});

test('creates a resource after what it refers to, and gives outputs', async () => {
  stack = openStackBench();
  const status = await stack.deploy({
    Resources: {Inbox: queue({QueueName: 'inbox', ...redrive('Dead')}), Dead: queue({QueueName: 'dead'})},
    Outputs: {InboxUrl: {Value: {Ref: 'Inbox'}}, DeadArn: {Value: {'Fn::GetAtt': 'Dead.Arn'}}},
  });
  expect(status).toBe('CREATE_COMPLETE');
  expect(stack.calls).toEqual(['sqs:CreateQueue dead', 'sqs:CreateQueue inbox']);
  expect(await stack.outputs()).toEqual({
    InboxUrl: 'http://127.0.0.1:4566/000000000000/inbox',
    DeadArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
  });
  expect(await stack.events()).toEqual([
    'orders CREATE_IN_PROGRESS User Initiated',
    'Dead CREATE_IN_PROGRESS',
    'Dead CREATE_COMPLETE',
    'Inbox CREATE_IN_PROGRESS',
    'Inbox CREATE_COMPLETE',
    'orders CREATE_COMPLETE',
  ]);
});

test('creates at the same time what does not wait for one another', async () => {
  stack = openStackBench();
  let waiting = 0;
  let release = () => {};
  const both = new Promise<void>(resolve => {
    release = resolve;
  });
  stack.on('sqs:CreateQueue', async ({QueueName}) => {
    if (++waiting === 2) release();
    await both;
    return {QueueUrl: `http://127.0.0.1:4566/000000000000/${QueueName}`};
  });
  expect(await stack.deploy({Resources: {One: queue(), Two: queue()}})).toBe('CREATE_COMPLETE');
});

test('gives names like those of AWS', async () => {
  stack = openStackBench();
  await stack.deploy({Resources: {Inbox: queue()}});
  expect(stack.calls).toEqual([expect.stringMatching(/^sqs:CreateQueue orders-Inbox-[A-Z0-9]{12}$/)]);
});

test('rolls a failed creation back, in reverse order, and says what failed', async () => {
  stack = openStackBench();
  stack.on('logs:CreateLogGroup', refusal('InvalidParameterException', 'No such name.'));
  const status = await stack.deploy({
    Resources: {
      Dead: queue({QueueName: 'dead'}),
      Inbox: queue({QueueName: 'inbox', ...redrive('Dead')}),
      Logs: {Type: 'AWS::Logs::LogGroup', DependsOn: 'Inbox', Properties: {LogGroupName: 'x'}},
    },
  });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(await stack.events()).toEqual([
    'orders CREATE_IN_PROGRESS User Initiated',
    'Dead CREATE_IN_PROGRESS',
    'Dead CREATE_COMPLETE',
    'Inbox CREATE_IN_PROGRESS',
    'Inbox CREATE_COMPLETE',
    'Logs CREATE_IN_PROGRESS',
    'Logs CREATE_FAILED No such name. (Service: logs, Operation: CreateLogGroup, Status Code: 400, Error Code: InvalidParameterException)',
    'orders ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Logs]. Rollback requested by user.',
    'Logs DELETE_COMPLETE',
    'Inbox DELETE_IN_PROGRESS',
    'Inbox DELETE_COMPLETE',
    'Dead DELETE_IN_PROGRESS',
    'Dead DELETE_COMPLETE',
    'orders ROLLBACK_COMPLETE',
  ]);
});

test.each([
  ['a name of its own', {RoleName: 'ingest'}],
  ['a name that was given', {}],
])('deletes a resource with %s whose creation failed half way', async (_what, name) => {
  stack = openStackBench();
  stack.on('iam:PutRolePolicy', refusal('MalformedPolicyDocument', 'Syntax errors in policy.'));
  const Properties = {...name, AssumeRolePolicyDocument: {}, Policies: [{PolicyName: 'p', PolicyDocument: {}}]};
  const options = {Capabilities: ['CAPABILITY_NAMED_IAM']};
  expect(await stack.deploy({Resources: {Role: {Type: 'AWS::IAM::Role', Properties}}}, options)).toBe(
    'ROLLBACK_COMPLETE',
  );
  expect(stack.calls.map(call => call.split(' ')[0])).toContain('iam:DeleteRole');
});

test('leaves a failed creation as it is when told to, and goes on from there', async () => {
  stack = openStackBench();
  stack.on('logs:CreateLogGroup', refusal('InvalidParameterException', 'No such name.'));
  const Resources = {Inbox: queue({QueueName: 'inbox'}), Logs: {Type: 'AWS::Logs::LogGroup', DependsOn: 'Inbox'}};
  expect(await stack.deploy({Resources}, {OnFailure: 'DO_NOTHING'})).toBe('CREATE_FAILED');
  stack.on('logs:CreateLogGroup', () => ({}));
  expect(await stack.deploy({Resources})).toBe('UPDATE_COMPLETE');
  expect(stack.calls.filter(call => call.startsWith('sqs'))).toEqual(['sqs:CreateQueue inbox']);
});

test('deletes a stack whose creation failed when told to, and keeps its events', async () => {
  stack = openStackBench();
  stack.on('sqs:CreateQueue', refusal('QueueNameExists', 'A queue already exists with the same name.'));
  expect(await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'})}}, {OnFailure: 'DELETE'})).toBe(
    'DELETE_COMPLETE',
  );
  expect(await stack.events()).toContainEqual(
    expect.stringContaining('orders DELETE_IN_PROGRESS The following resource(s) failed to create: [Inbox]. Delete'),
  );
  // The queue belongs to somebody else.
  expect(stack.calls).not.toContainEqual(expect.stringContaining('DeleteQueue'));
});

test('does not take over what exists already', async () => {
  stack = openStackBench();
  stack.on('sqs:GetQueueUrl', () => ({QueueUrl: 'http://127.0.0.1:4566/000000000000/inbox'}));
  expect(await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'})}})).toBe('ROLLBACK_COMPLETE');
  expect(await stack.events()).toContain(
    "Inbox CREATE_FAILED Resource of type 'AWS::SQS::Queue' with identifier 'inbox' already exists.",
  );
  expect(stack.calls).toEqual([]);
});

test('changes in place what can be changed, and touches nothing else', async () => {
  stack = openStackBench();
  const template = (delay: number) => ({
    Resources: {Inbox: queue({QueueName: 'inbox', DelaySeconds: delay}), Dead: queue({QueueName: 'dead'})},
  });
  await stack.deploy(template(0));
  stack.calls.length = 0;
  expect(await stack.deploy(template(5))).toBe('UPDATE_COMPLETE');
  expect(stack.calls).toEqual(['sqs:SetQueueAttributes http://127.0.0.1:4566/000000000000/inbox']);
});

test('refuses an update that would do nothing', async () => {
  stack = openStackBench();
  const template = {Resources: {Inbox: queue({DelaySeconds: 5, Tags: [{Key: 'team', Value: 'a'}]})}};
  await stack.deploy(template);
  await expect(
    stack.deploy({Resources: {Inbox: queue({DelaySeconds: '5', Tags: [{Key: 'team', Value: 'a'}]})}}),
  ).rejects.toThrow('No updates are to be performed.');
});

test('replaces with the new one first, and what refers to it follows', async () => {
  stack = openStackBench();
  const template = (name: string) => ({
    Resources: {Dead: queue({QueueName: name}), Inbox: queue({QueueName: 'inbox', ...redrive('Dead')})},
  });
  await stack.deploy(template('dead'));
  stack.calls.length = 0;
  expect(await stack.deploy(template('deader'))).toBe('UPDATE_COMPLETE');
  expect(stack.calls).toEqual([
    'sqs:CreateQueue deader',
    'sqs:SetQueueAttributes http://127.0.0.1:4566/000000000000/inbox',
    'sqs:DeleteQueue http://127.0.0.1:4566/000000000000/dead',
  ]);
});

test('keeps the replaced resource when its UpdateReplacePolicy says so', async () => {
  stack = openStackBench();
  const template = (name: string) => ({Resources: {Inbox: queue({QueueName: name}, {UpdateReplacePolicy: 'Retain'})}});
  await stack.deploy(template('one'));
  expect(await stack.deploy(template('two'))).toBe('UPDATE_COMPLETE');
  expect(stack.calls).toEqual(['sqs:CreateQueue one', 'sqs:CreateQueue two']);
  expect(await stack.events()).toContain('Inbox DELETE_SKIPPED');
});

test('removes what the template no longer has, when everything else has succeeded', async () => {
  stack = openStackBench();
  await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'}), Dead: queue({QueueName: 'dead'})}});
  expect(await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'})}})).toBe('UPDATE_COMPLETE');
  expect(stack.calls.at(-1)).toBe('sqs:DeleteQueue http://127.0.0.1:4566/000000000000/dead');
  expect((await stack.events()).slice(-5)).toEqual([
    'orders UPDATE_IN_PROGRESS User Initiated',
    'orders UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Dead DELETE_IN_PROGRESS',
    'Dead DELETE_COMPLETE',
    'orders UPDATE_COMPLETE',
  ]);
});

test('rolls a failed update back: changes undone, replacements and newcomers deleted', async () => {
  stack = openStackBench();
  const template = (name: string, delay: number, more: object = {}) => ({
    Resources: {Dead: queue({QueueName: name}), Inbox: queue({QueueName: 'inbox', DelaySeconds: delay}), ...more},
    Outputs: {Dead: {Value: {Ref: 'Dead'}}},
  });
  await stack.deploy(template('dead', 0));
  const before = await stack.outputs();
  stack.calls.length = 0;
  stack.on('logs:CreateLogGroup', refusal('LimitExceededException', 'Too many.'));
  const more = {
    New: queue({QueueName: 'new'}),
    Logs: {Type: 'AWS::Logs::LogGroup', DependsOn: ['Dead', 'Inbox', 'New']},
  };
  expect(await stack.deploy(template('deader', 9, more))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stack.calls.slice(4).sort()).toEqual([
    'sqs:DeleteQueue http://127.0.0.1:4566/000000000000/deader',
    'sqs:DeleteQueue http://127.0.0.1:4566/000000000000/new',
    'sqs:SetQueueAttributes http://127.0.0.1:4566/000000000000/inbox',
  ]);
  expect(await stack.outputs()).toEqual(before);
  expect(await stack.deploy(template('dead', 1))).toBe('UPDATE_COMPLETE');
});

test('says when even the rollback fails, and can continue it', async () => {
  stack = openStackBench();
  await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox', DelaySeconds: 0})}});
  stack.on('sqs:SetQueueAttributes', refusal('InvalidAttributeValue', 'No.'));
  expect(await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox', DelaySeconds: 5})}})).toBe(
    'UPDATE_ROLLBACK_FAILED',
  );
  await expect(stack.deploy({Resources: {Inbox: queue({DelaySeconds: 7})}})).rejects.toThrow(
    'is in UPDATE_ROLLBACK_FAILED state',
  );
  stack.on('sqs:SetQueueAttributes', () => ({}));
  await stack.call('ContinueUpdateRollback', {StackName: 'orders'});
  await expect.poll(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

const keptExceptOnCreate = {
  Kept: queue({QueueName: 'kept'}, {DeletionPolicy: 'RetainExceptOnCreate'}),
  Logs: {Type: 'AWS::Logs::LogGroup', DependsOn: 'Kept'},
};

test.each(['ROLLBACK', 'DELETE'])(
  'RetainExceptOnCreate keeps nothing of a creation that failed (%s)',
  async OnFailure => {
    stack = openStackBench();
    stack.on('logs:CreateLogGroup', refusal('LimitExceededException', 'Too many.'));
    const status = await stack.deploy({Resources: keptExceptOnCreate}, {OnFailure});
    expect(status).toBe(`${OnFailure}_COMPLETE`);
    expect(stack.calls).toContain('sqs:DeleteQueue http://127.0.0.1:4566/000000000000/kept');
  },
);

test('RetainExceptOnCreate keeps nothing that a failed update created', async () => {
  stack = openStackBench();
  await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'})}});
  stack.on('logs:CreateLogGroup', refusal('LimitExceededException', 'Too many.'));
  const status = await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'}), ...keptExceptOnCreate}});
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stack.calls).toContain('sqs:DeleteQueue http://127.0.0.1:4566/000000000000/kept');
});

test('RetainExceptOnCreate keeps what a stack had once it is deleted', async () => {
  stack = openStackBench();
  await stack.deploy({Resources: {Kept: keptExceptOnCreate.Kept}});
  expect(await stack.destroy()).toBe('DELETE_COMPLETE');
  expect(stack.calls).toEqual(['sqs:CreateQueue kept']);
});

test('deletes what depends on others first, and skips what is to be retained', async () => {
  stack = openStackBench();
  await stack.deploy({
    Resources: {
      Kept: queue({QueueName: 'kept'}, {DeletionPolicy: 'Retain'}),
      Dead: queue({QueueName: 'dead'}),
      Inbox: queue({QueueName: 'inbox', ...redrive('Dead')}),
    },
  });
  stack.calls.length = 0;
  expect(await stack.destroy()).toBe('DELETE_COMPLETE');
  expect(stack.calls).toEqual([
    'sqs:DeleteQueue http://127.0.0.1:4566/000000000000/inbox',
    'sqs:DeleteQueue http://127.0.0.1:4566/000000000000/dead',
  ]);
  expect(await stack.events()).toContain('Kept DELETE_SKIPPED');
});

test('a resource that cannot be deleted fails the deletion, and can be left out of the next', async () => {
  stack = openStackBench();
  await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'})}});
  stack.on('sqs:DeleteQueue', refusal('AccessDenied', 'Not today.'));
  expect(await stack.destroy()).toBe('DELETE_FAILED');
  expect((await stack.events()).at(-1)).toContain('The following resource(s) failed to delete: [Inbox].');
  expect(await stack.destroy({RetainResources: ['Inbox']})).toBe('DELETE_COMPLETE');
});

test('leaves out what its condition excludes', async () => {
  stack = openStackBench();
  const template = {
    Parameters: {Stage: {Type: 'String', Default: 'dev'}},
    Conditions: {IsProduction: {'Fn::Equals': [{Ref: 'Stage'}, 'prod']}},
    Resources: {
      Inbox: queue({
        QueueName: 'inbox',
        RedrivePolicy: {'Fn::If': ['IsProduction', redrive('Dead').RedrivePolicy, {Ref: 'AWS::NoValue'}]},
      }),
      Dead: queue({QueueName: 'dead'}, {Condition: 'IsProduction'}),
    },
    Outputs: {Dead: {Condition: 'IsProduction', Value: {Ref: 'Dead'}}},
  };
  await stack.deploy(template);
  expect(stack.calls).toEqual(['sqs:CreateQueue inbox']);
  expect(await stack.outputs()).toEqual({});
  await stack.deploy(template, {Parameters: [{ParameterKey: 'Stage', ParameterValue: 'prod'}]});
  expect(Object.keys(await stack.outputs())).toEqual(['Dead']);
});

test('gives the tags of the stack to its resources', async () => {
  stack = openStackBench();
  let tags: unknown;
  stack.on('sqs:CreateQueue', input => {
    tags = input.tags;
    return {QueueUrl: 'http://127.0.0.1:4566/000000000000/inbox'};
  });
  await stack.deploy(
    {Resources: {Inbox: queue({Tags: [{Key: 'team', Value: 'own'}]})}},
    {
      Tags: [
        {Key: 'team', Value: 'stack'},
        {Key: 'cost', Value: '1'},
      ],
    },
  );
  expect(tags).toEqual({team: 'own', cost: '1'});
});
