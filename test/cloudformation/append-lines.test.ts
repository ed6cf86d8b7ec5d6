import {expect, test} from 'vitest';
import {appendLines} from '../../src/cloudformation/append-lines.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';

const text = `# Orders: keep this comment
Resources:
  Ingest:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./dist/ingest   # built by gear
      Layers: [one]

  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: ingest   # the one

# The end
Outputs: {}
`;
const template = parseTemplate(text, 't.yaml');

test('adds a property behind the last one, and every other byte stays', () => {
  const lines = ['# Sampled by X-Ray.', 'TracingConfig:', '  Mode: Active'];
  expect(appendLines(template, ['Resources', 'Ingest', 'Properties'], lines).text).toBe(
    text.replace(
      'Layers: [one]\n',
      'Layers: [one]\n      # Sampled by X-Ray.\n      TracingConfig:\n        Mode: Active\n',
    ),
  );
});

test('adds an item to a list in its column, behind the comment of the last line', () => {
  const lines = ['- PolicyName: more', '  Other: 1'];
  expect(appendLines(template, ['Resources', 'Role', 'Properties', 'Policies'], lines).text).toBe(
    text.replace('# the one\n', '# the one\n        - PolicyName: more\n          Other: 1\n'),
  );
});

test('indents as the author of the section does', () => {
  const wide = `Resources:
    Role:
        Type: AWS::IAM::Role
        Properties:
            Tags:
            - Key: team
              Value: orders
`;
  const lines = [
    'Policies:',
    '  # Its own.',
    '  - PolicyName: role',
    '    PolicyDocument:',
    '      Version: "2012-10-17"',
  ];
  expect(appendLines(parseTemplate(wide, 't.yaml'), ['Resources', 'Role', 'Properties'], lines).text).toBe(
    `${wide.trimEnd()}
            Policies:
            # Its own.
            - PolicyName: role
              PolicyDocument:
                  Version: "2012-10-17"
`,
  );
});

test('keeps the line breaks of another system', () => {
  const edited = appendLines(
    parseTemplate(text.replaceAll('\n', '\r\n'), 't.yaml'),
    ['Resources', 'Role'],
    ['DependsOn: Ingest'],
  );
  expect(edited.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test.each([
  [['Outputs'], 'A: 1', 't.yaml:16: Outputs cannot be edited line by line: it is not written in lines'],
  [
    ['Resources', 'Ingest', 'Properties', 'Layers'],
    '- two',
    'Layers cannot be edited line by line: it is not written in lines',
  ],
  [['Resources', 'Ingest', 'Type'], 'A: 1', 'Type cannot be edited line by line: it is no mapping and no list'],
  [['Resources', 'Missing'], 'A: 1', 'Missing cannot be edited line by line: it is no mapping and no list'],
  [['Resources', 'Ingest'], 'Type: AWS::SNS::Topic', 'the key Type stands here a second time'],
])('refuses to add to %j: %s', (path, line, sentence) => {
  expect(() => appendLines(template, path, [line])).toThrow(sentence);
});
