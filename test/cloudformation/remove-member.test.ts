import {expect, test} from 'vitest';
import {appendLines} from '../../src/cloudformation/append-lines.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {removeMember} from '../../src/cloudformation/remove-member.ts';

const text = `Resources:
    Inbox:
        Type: AWS::S3::Bucket
        # Waits for the policy.
        DependsOn:
        - InboxPolicy   # S3 asks for it

        Properties:
            Tags: [{Key: team, Value: orders}]
            NotificationConfiguration:
                QueueConfigurations:
                - Event: s3:ObjectCreated:*
                  Queue: !GetAtt Queue.Arn
`;
const template = parseTemplate(text, 't.yaml');

test.each([
  [['Resources', 'Inbox', 'DependsOn'], ['- OtherPolicy'], ['Resources', 'Inbox', 'DependsOn', 1]],
  [
    ['Resources', 'Inbox', 'Properties'],
    ['VersioningConfiguration:', '  Status: Enabled'],
    ['Resources', 'Inbox', 'Properties', 'VersioningConfiguration'],
  ],
  [['Resources', 'Inbox'], ['DeletionPolicy: Retain'], ['Resources', 'Inbox', 'DeletionPolicy']],
])('takes back what was added to %j, byte for byte', (path, lines, added) => {
  const longer = appendLines(template, path, lines);
  expect(longer.text.length).toBeGreaterThan(text.length);
  expect(removeMember(longer, added).text).toBe(text);
});

test('takes away what would be empty without the member', () => {
  const path = ['Resources', 'Inbox', 'Properties', 'NotificationConfiguration', 'QueueConfigurations', 0];
  expect(removeMember(template, path).text).toBe(text.replace(/ +NotificationConfiguration:\n.*\n.*\n.*\n/, ''));
});

test('refuses a member that stands in a line with others', () => {
  expect(() => removeMember(template, ['Resources', 'Inbox', 'Properties', 'Tags', 0, 'Key'])).toThrow(
    't.yaml:9: Resources.Inbox.Properties.Tags.0.Key cannot be edited line by line: it is not written in lines',
  );
});
