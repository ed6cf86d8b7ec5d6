import {expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {setMember} from '../../src/cloudformation/set-member.ts';

test.each([
  ['tabs', '\t'],
  ['two spaces', '  '],
  ['four', '    '],
])('a member of JSON in lines is indented as the file is: %s', (_, step) => {
  const before = {Resources: {Orders: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: 1}}}};
  const policy = {RedrivePolicy: {maxReceiveCount: 5}};
  const text = (body: object) => JSON.stringify(body, null, step);
  const {Type, Properties} = before.Resources.Orders;
  expect(
    setMember(parseTemplate(text(before), 't.json'), ['Resources', 'Orders', 'Properties', 'RedrivePolicy'], {
      maxReceiveCount: 5,
    }).text,
  ).toBe(text({Resources: {Orders: {Type, Properties: {...Properties, ...policy}}}}));
});
