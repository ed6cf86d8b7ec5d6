import {readFileSync} from 'node:fs';

/** Templates as different hands write them, each with an `OrderQueue` to attach a function to. */
export const functionTemplates: Readonly<Record<string, string>> = {
  'the ingestion service': readFileSync(
    new URL('../../templates/ingestion/typescript/template.yaml', import.meta.url),
    'utf8',
  ),
  'one resource and no more': `Resources:
  OrderQueue:
    Type: AWS::SQS::Queue
`,
  'no line break at the end': `Resources:
  OrderQueue:
    Type: AWS::SQS::Queue`,
  'four spaces, lists below their keys, comments everywhere': `# Orders
AWSTemplateFormatVersion: '2010-09-09'
Conditions:
    HasAlarmTopic: !Equals [!Ref AWS::Region, us-east-1]   # kept
Parameters:
    AlarmTopicArn: {Type: String}
Outputs:   # before the resources
    # the queue
    Queue:
        Value: !Ref OrderQueue   # its URL
    # the end of the outputs

Resources:   # here they are
    OrderQueue:   # the queue
        Type: AWS::SQS::Queue
        Properties:
            Tags:
            - Key: team
              Value: orders   # no spaces before the dash
            VisibilityTimeout: 180


    # A second one
    Other:
        Type: AWS::SQS::Queue
        # Properties:
        #     VisibilityTimeout: 30

    # the end of the resources
`,
  'line breaks of Windows':
    'Resources:\r\n  OrderQueue:\r\n    Type: AWS::SQS::Queue\r\n\r\nOutputs:\r\n  A:\r\n    Value: a\r\n',
  'no blank lines, another section right behind': `Resources:
  OrderQueue:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
  Code:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: |
        a: b

        # no comment
Metadata:
  Team: orders
`,
  'a document between its marks': `---
Resources:

  OrderQueue: {Type: AWS::SQS::Queue}

...
`,
};
