import {expect, test} from 'vitest';
import {compareTemplates} from '../../src/deploy/diff/compare-templates.ts';

const queue = (properties: object) => ({Resources: {Orders: {Type: 'AWS::SQS::Queue', Properties: properties}}});
const modified = (...members: object[]) => [
  {action: 'Modify', section: 'Resources', name: 'Orders', type: 'AWS::SQS::Queue', members},
];

test.each<[string, object, object, object[]]>([
  ['nothing', queue({DelaySeconds: 5}), queue({DelaySeconds: 5}), []],
  ['the order of keys', {...queue({}), Description: 'x'}, {Description: 'x', ...queue({})}, []],
  ['a number as text', queue({DelaySeconds: '5'}), queue({DelaySeconds: 5}), []],
  [
    'a property',
    queue({DelaySeconds: 5}),
    queue({DelaySeconds: 6}),
    modified({path: 'DelaySeconds', before: 5, after: 6}),
  ],
  ['one more', queue({}), queue({DelaySeconds: 6}), modified({path: 'DelaySeconds', after: 6})],
  ['one less', queue({DelaySeconds: 6}), queue({}), modified({path: 'DelaySeconds', before: 6})],
  [
    'an entry of a list',
    queue({Tags: [{Key: 'a', Value: '1'}]}),
    queue({Tags: [{Key: 'a', Value: '2'}, {Key: 'b'}]}),
    modified({path: 'Tags[0].Value', before: '1', after: '2'}, {path: 'Tags[1]', after: {Key: 'b'}}),
  ],
  [
    'another form of value',
    queue({DelaySeconds: 5}),
    queue({DelaySeconds: {Ref: 'Delay'}}),
    modified({path: 'DelaySeconds', before: 5, after: {Ref: 'Delay'}}),
  ],
  [
    'what resources there are',
    {Resources: {Old: {Type: 'AWS::SNS::Topic'}}},
    {Resources: {New: {Type: 'AWS::SQS::Queue'}}},
    [
      {action: 'Add', section: 'Resources', name: 'New', type: 'AWS::SQS::Queue', members: []},
      {action: 'Remove', section: 'Resources', name: 'Old', type: 'AWS::SNS::Topic', members: []},
    ],
  ],
  [
    'an output',
    queue({}),
    {...queue({}), Outputs: {Url: {Value: 'x'}}},
    [{action: 'Add', section: 'Outputs', name: 'Url', members: []}],
  ],
  [
    'a section that is text',
    {Description: 'old'},
    {Description: 'new'},
    [
      {
        action: 'Modify',
        section: 'Description',
        name: 'Description',
        members: [{path: '', before: 'old', after: 'new'}],
      },
    ],
  ],
])('%s', (_, before, after, differences) => {
  expect(compareTemplates(before as never, after as never)).toEqual(differences);
});
