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
  ['a property', 'Resources.OrdersQueue.Properties.Tags[0].Colour (AWS::SQS::Queue): not implemented', 8],
  ['a type', 'gear local does not implement the resource type AWS::Glue::Job (OrdersJob)', 9],
  ['a reference', 'Template format error: Unresolved resource dependencies [Nmae] in the Resources block', 5],
  ['an attribute', 'Template error: instance of Fn::GetAtt references undefined resource Nmae', 5],
])('%s that is refused is shown at its line', (_, message, line) => {
  expect(withTemplateLine(refused(message), template)).toMatchObject({
    message: `orders/template.yaml:${line}: ${message}`,
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
