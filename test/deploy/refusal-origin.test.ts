import {expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {withTemplateLine} from '../../src/deploy/refusal-origin.ts';
import {GearError} from '../../src/errors.ts';

const template = parseTemplate(
  `Resources:
  OrdersQueue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Ref Nmae
      Tags:
        - Key: team
          Colour: red
  OrdersJob:
    Type: AWS::Glue::Job
`,
  'orders/template.yaml',
);
const refused = (message: string, code = 'AWS_ERROR') => new GearError(message, {code, suggestions: ['mend it']});

test.each([
  ['a property', 'Resources.OrdersQueue.Properties.Tags[0].Colour (AWS::SQS::Queue): not implemented', '8:11'],
  ['a type', 'gear local does not implement the resource type AWS::Glue::Job (OrdersJob)', '9:3'],
  ['a reference', 'Template format error: Unresolved resource dependencies [Nmae] in the Resources block', '5:18'],
  ['an attribute', 'Template error: instance of Fn::GetAtt references undefined resource Nmae', '5:18'],
])('%s that is refused is shown at its line and column', (_, message, place) => {
  expect(withTemplateLine(refused(message), template)).toMatchObject({
    message: `orders/template.yaml:${place}: ${message}`,
    suggestions: ['mend it'],
  });
});

test.each([
  ['what names nothing of the template', refused('ValidationError: Stack orders is busy')],
  ['what is about something else', refused('OrdersQueue', 'NO_CREDENTIALS')],
  ['a bug', new TypeError('OrdersQueue is undefined')],
])('%s stays as it is', (_, error) => {
  expect(withTemplateLine(error, template)).toBe(error);
});

test('the places that early validation names by pointers are shown as lines and columns, each of them', () => {
  const pointed = refused(
    'CloudFormation refused the change set for orders: OrdersQueue (AWS::SQS::Queue): Unsupported property [Colour], at /Resources/OrdersQueue/Properties/Tags/0/Colour; OrdersJob (AWS::Glue::Job): Required property [Role] not found, at /Resources/OrdersJob/Properties',
    'CHANGE_SET_FAILED',
  );
  expect(withTemplateLine(pointed, template)).toMatchObject({
    message:
      'orders/template.yaml:8:11: CloudFormation refused the change set for orders: OrdersQueue (AWS::SQS::Queue): Unsupported property [Colour], at orders/template.yaml:8:11; OrdersJob (AWS::Glue::Job): Required property [Role] not found, at orders/template.yaml:9:3',
  });
});
