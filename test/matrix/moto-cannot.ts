import type {AwsClients} from '../../src/aws/clients.ts';

/** What moto cannot do of what deploying a reference pipeline takes, and how it shows: a moto that can fails the test. */
interface Shortcoming {
  readonly what: string;
  /** Throws what moto answers, or gives what it should not be. */
  show(clients: AwsClients, stackName: string): Promise<unknown>;
  readonly answer: unknown;
}

/** Resources that its CloudFormation leaves out without a word: the stack is complete without them. */
export const leftOut: readonly string[] = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::Secret',
];

/** What it makes but does not list among the resources of a stack. */
export const unlisted: readonly string[] = ['AWS::Lambda::Permission'];

/** Asked of a stack that was deployed. */
export const cannot: readonly Shortcoming[] = [
  {
    what: 'give back the template of a change set, so what was sent to it is reviewed',
    async show(clients, StackName) {
      const client = await clients.cloudFormation();
      const TemplateBody = JSON.stringify({Resources: {Events: {Type: 'AWS::SNS::Topic'}}});
      const name = `${StackName}-probe`;
      const {Id} = await client.createChangeSet({
        StackName: name,
        ChangeSetName: name,
        ChangeSetType: 'CREATE',
        TemplateBody,
      });
      return client.getTemplate({ChangeSetName: Id}).finally(() => client.deleteStack({StackName: name}));
    },
    answer: 'Stack with id None does not exist',
  },
  {
    what: 'give the outputs of a stack that a change set has made',
    show: async (clients, StackName) =>
      (await (await clients.cloudFormation()).describeStacks({StackName})).Stacks?.[0]?.Outputs ?? [],
    answer: [],
  },
  {
    what: 'report an event for each resource: there are those of the stack only',
    async show(clients, StackName) {
      const {StackEvents = []} = await (await clients.cloudFormation()).describeStackEvents({StackName});
      return [...new Set(StackEvents.map(({ResourceType}) => ResourceType))];
    },
    answer: ['AWS::CloudFormation::Stack'],
  },
  {
    what: 'detect drift',
    show: async (clients, StackName) =>
      (await clients.cloudFormation())
        .detectStackDrift({StackName})
        .catch((error: {$response?: {statusCode: number}}) => error.$response?.statusCode),
    answer: 500,
  },
];
