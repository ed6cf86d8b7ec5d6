import type {OperationEvent} from '@aws-sdk/client-cloudformation';
import {expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {deployStack} from '../../src/deploy/deploy-stack.ts';

const stackId = 'arn:aws:cloudformation:eu-central-1:111122223333:stack/orders/5b1f0f30';
const text = `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      VisibilityTimeout: long
`;

const about = {
  StackId: stackId,
  OperationId: 'op-1',
  OperationType: 'CREATE_CHANGESET',
  Timestamp: new Date('2026-03-02T09:00:00Z'),
  LogicalResourceId: 'Queue',
  PhysicalResourceId: '',
  ResourceType: 'AWS::SQS::Queue',
} satisfies OperationEvent;

const invalid = {
  ...about,
  EventId: '1',
  EventType: 'VALIDATION_ERROR',
  ValidationName: 'PROPERTY_VALIDATION',
  ValidationStatus: 'FAILED',
  ValidationFailureMode: 'FAIL',
  ValidationStatusReason: '#/VisibilityTimeout: expected type: Integer, found: String.',
  ValidationPath: '/Resources/Queue/Properties/VisibilityTimeout',
} satisfies OperationEvent;

/** CloudFormation as it refuses a change set: by a sentence that says nothing, and events that do. */
function refusing(describeEvents: () => Promise<{OperationEvents: OperationEvent[]}>) {
  const calls: string[] = [];
  const answers: Record<string, () => Promise<object>> = {
    describeStacks: async () => {
      if (calls.includes('createChangeSet'))
        return {Stacks: [{StackId: stackId, StackName: 'orders', StackStatus: 'REVIEW_IN_PROGRESS'}]};
      throw Object.assign(new Error('Stack with id orders does not exist'), {name: 'ValidationError'});
    },
    createChangeSet: async () => ({Id: 'change-set', StackId: stackId}),
    describeChangeSet: async () => ({
      Status: 'FAILED',
      StatusReason:
        'The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.',
    }),
    describeEvents,
    listChangeSets: async () => ({Summaries: []}),
    deleteChangeSet: async () => ({}),
    deleteStack: async () => ({}),
  };
  const cloudFormation = new Proxy(answers, {
    get(target, name: string) {
      if (name in target) calls.push(name);
      return target[name];
    },
  });
  return {calls, clients: {cloudFormation: async () => cloudFormation} as unknown as AwsClients};
}

function deploy(clients: AwsClients) {
  return deployStack(clients, {
    stackName: 'orders',
    template: parseTemplate(text, 'template.yaml'),
    source: {body: text},
    parameters: {},
    pollMilliseconds: 1,
    onEvent: () => {},
    approve: async () => true,
  });
}

test('what early validation found is told at its line, before the change set goes', async () => {
  const warning = {
    ...invalid,
    EventId: '2',
    ValidationFailureMode: 'WARN',
    ValidationStatusReason: 'only a warning',
  } as const;
  const {clients, calls} = refusing(async () => ({OperationEvents: [warning, invalid]}));
  await expect(deploy(clients)).rejects.toMatchObject({
    code: 'CHANGE_SET_FAILED',
    message:
      'template.yaml:6:7: CloudFormation refused the change set for orders: Queue (AWS::SQS::Queue): #/VisibilityTimeout: expected type: Integer, found: String, at template.yaml:6:7',
  });
  expect(calls.filter(name => /^(describeEvents|deleteChangeSet|deleteStack)$/.test(name))).toEqual([
    'describeEvents',
    'deleteChangeSet',
    'deleteStack',
  ]);
});

test('a name that is taken comes with what helps', async () => {
  const taken = {
    ...invalid,
    ValidationName: 'NAME_CONFLICT_VALIDATION',
    ValidationStatusReason: "Resource of type 'AWS::SQS::Queue' with identifier 'orders' already exists.",
    ValidationPath: '/Resources/Queue',
  } as const;
  const {clients} = refusing(async () => ({OperationEvents: [taken]}));
  await expect(deploy(clients)).rejects.toMatchObject({
    message: expect.stringMatching(/^template\.yaml:2:3: .*'orders' already exists, at template\.yaml:2:3$/),
    suggestions: [expect.stringContaining('leave out the name'), expect.anything()],
  });
});

test('whoever may not ask for the events is told what the change set says', async () => {
  const {clients} = refusing(async () => {
    throw Object.assign(new Error('not authorized to perform: cloudformation:DescribeEvents'), {name: 'AccessDenied'});
  });
  await expect(deploy(clients)).rejects.toThrow(/AWS::EarlyValidation::PropertyValidation/);
});
