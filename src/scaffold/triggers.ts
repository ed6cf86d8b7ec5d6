/** What can invoke a function that gear adds: `templates/functions/<name>.yaml`, a template that stands by itself. */
export const triggers: readonly Trigger[] = [
  {
    name: 'http',
    summary: 'a route of an HTTP API',
    source: {type: 'AWS::ApiGatewayV2::Api', id: 'GearNameApi', with: ['GearNameStage', 'GearNameServerErrorsAlarm']},
  },
  {
    name: 'queue',
    summary: 'the messages of an SQS queue',
    source: {
      type: 'AWS::SQS::Queue',
      id: 'GearNameQueue',
      with: [
        ...['GearNameQueuePolicy', 'GearNameDeadLetterQueue', 'GearNameDeadLetterQueuePolicy'],
        ...['GearNameAgeAlarm', 'GearNameDeadLetterDepthAlarm'],
      ],
      output: 'GearNameQueueUrl',
    },
  },
  {
    name: 'stream',
    summary: 'the changes of a DynamoDB table',
    source: {type: 'AWS::DynamoDB::Table', id: 'GearNameTable', with: [], output: 'GearNameTableName'},
  },
  {name: 'schedule', summary: 'a time, again and again'},
  {
    name: 'topic',
    summary: 'the messages of an SNS topic',
    source: {type: 'AWS::SNS::Topic', id: 'GearNameTopic', with: ['GearNameTopicPolicy'], output: 'GearNameTopicArn'},
  },
  {
    name: 'bucket',
    summary: 'what arrives in an S3 bucket, by way of a queue',
    source: {
      type: 'AWS::S3::Bucket',
      id: 'GearNameBucket',
      with: ['GearNameBucketPolicy'],
      output: 'GearNameBucketName',
    },
  },
  {name: 'none', summary: 'nothing yet'},
];

export interface Trigger {
  readonly name: string;
  /** Ends a line in a prompt and in the help. */
  readonly summary: string;
  /** What an existing resource can stand for; a trigger without it always comes with its own. */
  readonly source?: TriggerSource;
}

interface TriggerSource {
  readonly type: string;
  /** The resource in the block that `--source` replaces. */
  readonly id: string;
  /** What is written only for a source of the function's own. */
  readonly with: readonly string[];
  readonly output?: string;
}
