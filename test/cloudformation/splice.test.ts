import {expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {spliceTemplate} from '../../src/cloudformation/splice.ts';

const text = `# Orders: keep this comment
Resources:
  Ingest:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./dist/ingest   # built by gear
      Environment:
        Variables:
          A: 'one'
      Role: !GetAtt   Role.Arn
  Redrive:
    Type: AWS::Lambda::Function
    Properties: {Code: ./dist/redrive, Handler: index.handler}
`;
const code = (name: string) => ['Resources', name, 'Properties', 'Code'];

test('changes the given values and keeps every other byte', () => {
  const edited = spliceTemplate(parseTemplate(text, 't.yaml'), [
    {path: code('Ingest'), value: {S3Bucket: 'artifacts', S3Key: 'ingest/1.zip'}},
    {path: code('Redrive'), value: {S3Bucket: 'artifacts', S3Key: 'redrive/2.zip'}},
  ]);
  expect(edited.text).toBe(
    text
      .replace('./dist/ingest', '{"S3Bucket":"artifacts","S3Key":"ingest/1.zip"}')
      .replace('./dist/redrive', '{"S3Bucket":"artifacts","S3Key":"redrive/2.zip"}'),
  );
});

test('replaces a block as well, and what follows stays where it is', () => {
  const edited = spliceTemplate(parseTemplate(text, 't.yaml'), [
    {path: ['Resources', 'Ingest', 'Properties', 'Environment', 'Variables'], value: {B: 'two'}},
  ]);
  expect(edited.body).toMatchObject({Resources: {Ingest: {Properties: {Environment: {Variables: {B: 'two'}}}}}});
  expect(edited.text).toContain('\n      Role: !GetAtt   Role.Arn\n');
});

test('replaces a short form, and text by text', () => {
  const edited = spliceTemplate(parseTemplate(text, 't.yaml'), [
    {path: ['Resources', 'Ingest', 'Properties', 'Role'], value: 'yes: "quoted"'},
  ]);
  expect(edited.body).toMatchObject({Resources: {Ingest: {Properties: {Role: 'yes: "quoted"'}}}});
});

test('fills in a value that is missing', () => {
  const edited = spliceTemplate(parseTemplate('Code:\nHandler: h\n', 't.yaml'), [
    {path: ['Code'], value: {S3Key: 'k'}},
  ]);
  expect(edited.text).toBe('Code: {"S3Key":"k"}\nHandler: h\n');
});

test('gives nothing back when the text would not read as the value that was asked for', () => {
  const role = ['Resources', 'Ingest', 'Properties', 'Role', 'Fn::GetAtt'];
  expect(() => spliceTemplate(parseTemplate(text, 't.yaml'), [{path: role, value: 'Other'}])).toThrow(
    'Resources.Ingest.Properties.Role.Fn::GetAtt cannot be edited: the edited text does not read as expected',
  );
});

test('works in JSON', () => {
  const json = JSON.stringify(parseTemplate(text, 't.yaml').body, null, 2);
  const edited = spliceTemplate(parseTemplate(json, 't.json'), [{path: code('Ingest'), value: {S3Key: 'k'}}]);
  expect(JSON.parse(edited.text).Resources.Ingest.Properties.Code).toEqual({S3Key: 'k'});
});

test.each([
  ['a place that does not exist', [{path: code('Nothing'), value: 1}]],
  [
    'places that overlap',
    [
      {path: ['Resources'], value: 1},
      {path: code('Ingest'), value: 2},
    ],
  ],
])('refuses %s', (_what, splices) => {
  expect(() => spliceTemplate(parseTemplate(text, 't.yaml'), splices)).toThrow(/cannot be edited/);
});
