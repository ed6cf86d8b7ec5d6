// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template has placeholders of its own
import {beforeEach, expect, test} from 'vitest';
import {type AssembledCloud, assembledCloud} from '../assembled-cloud.ts';

let cloud: AssembledCloud;
beforeEach(async () => {
  cloud = assembledCloud();
  await cloud.call('ssm', 'PutParameter', {Name: '/orders/delay', Type: 'String', Value: '5'});
});

async function deploy(resources: object, operation = 'CreateStack') {
  const TemplateBody = JSON.stringify({Resources: resources});
  await cloud.call('cloudformation', operation, {StackName: 'orders', TemplateBody});
  const status = async () => {
    const {Stacks} = await cloud.call<{Stacks: [{StackStatus: string}]}>('cloudformation', 'DescribeStacks', {
      StackName: 'orders',
    });
    return Stacks[0].StackStatus;
  };
  await expect.poll(status, {interval: 10, timeout: 5000}).not.toMatch(/IN_PROGRESS$/);
  return status();
}

const inbox = (properties: object) => ({
  Inbox: {Type: 'AWS::SQS::Queue', Properties: {QueueName: 'inbox', ...properties}},
});
const delay = async () => {
  const {Attributes} = await cloud.call<{Attributes: {DelaySeconds: string}}>('sqs', 'GetQueueAttributes', {
    QueueUrl: '/000000000000/inbox',
    AttributeNames: ['DelaySeconds'],
  });
  return Attributes.DelaySeconds;
};

test('a parameter’s value stands where a number is wanted, at the version that is asked for', async () => {
  const latest = inbox({DelaySeconds: '{{resolve:ssm:/orders/delay}}'});
  expect(await deploy(latest)).toBe('CREATE_COMPLETE');
  expect(await delay()).toBe('5');
  await cloud.call('ssm', 'PutParameter', {Name: '/orders/delay', Value: '9', Overwrite: true});
  // A reference that is written as it was is no change, whatever it stands for by now.
  await deploy(inbox({DelaySeconds: '{{resolve:ssm:/orders/delay}}', VisibilityTimeout: 60}), 'UpdateStack');
  expect(await delay()).toBe('5');
  expect(await deploy(inbox({DelaySeconds: '{{resolve:ssm:/orders/delay:2}}'}), 'UpdateStack')).toBe('UPDATE_COMPLETE');
  expect(await delay()).toBe('9');
});

test('a secret goes to the service, and never into the stack’s record', async () => {
  const made = await deploy({
    Token: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {SecretStringTemplate: '{"user":"orders"}', GenerateStringKey: 'password'},
      },
    },
    Copy: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: '/orders/copy',
        Type: 'String',
        Value: {
          'Fn::Sub':
            '{{resolve:secretsmanager:${Token}:SecretString:user}}:{{resolve:secretsmanager:${Token}:SecretString:password}}',
        },
      },
    },
  });
  expect(made).toBe('CREATE_COMPLETE');
  const {SecretList} = await cloud.call<{SecretList: {ARN: string}[]}>('secretsmanager', 'ListSecrets');
  const {SecretString} = await cloud.call<{SecretString: string}>('secretsmanager', 'GetSecretValue', {
    SecretId: SecretList[0]!.ARN,
  });
  const {user, password} = JSON.parse(SecretString) as {user: string; password: string};
  expect(await cloud.call('ssm', 'GetParameter', {Name: '/orders/copy'})).toMatchObject({
    Parameter: {Value: `${user}:${password}`},
  });
  const events = await cloud.call('cloudformation', 'DescribeStackEvents', {StackName: 'orders'});
  expect(JSON.stringify(events)).not.toContain(password);
});

test.each([
  ['{{resolve:ssm:/none}}', 'Parameters: [/none] cannot be found.'],
  ['{{resolve:secretsmanager:none}}', "Secrets Manager can't find the specified secret."],
  ['{{resolve:ssm:/orders/word}}', 'Resources.Inbox.Properties.DelaySeconds (AWS::SQS::Queue): expected type: Integer'],
])('%s fails the resource, and says why', async (reference, reason) => {
  await cloud.call('ssm', 'PutParameter', {Name: '/orders/word', Type: 'String', Value: 'five'});
  expect(await deploy(inbox({DelaySeconds: reference}))).toBe('ROLLBACK_COMPLETE');
  const {StackEvents} = await cloud.call<{StackEvents: object[]}>('cloudformation', 'DescribeStackEvents', {
    StackName: 'orders',
  });
  expect(JSON.stringify(StackEvents)).toContain(reason);
});
