import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {packageTemplate, withUploads} from '../../src/deploy/package-template.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-included-'));
afterAll(() => rmSync(folder, {recursive: true}));

async function packaged(text: string) {
  const template = parseTemplate(text, join(folder, 'template.yaml'));
  const ready = await packageTemplate(template, {
    prebuilt: true,
    fallbackModules: [],
    onEvent: () => {},
  });
  return withUploads(ready, {
    bucket: 'artefacts',
    keyOf: () => '',
    urlOf: () => 'https://nested',
    keyOfText: included => `orders/template/${included.trim()}.yaml`,
  });
}

test('a file that AWS::Include names is uploaded, and nothing changes but its address', async () => {
  writeFileSync(join(folder, 'part.yaml'), 'QueueName: orders\n');
  const text = (location: string) => `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: ${location}}} # the name
  Topic: !Transform {Name: AWS::Include, Parameters: {Location: ${location}}}
  Other: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://elsewhere/part.yaml}}}
`;
  const {template, texts} = await packaged(text('part.yaml'));
  expect(template.text).toBe(text('"s3://artefacts/orders/template/QueueName: orders.yaml"'));
  expect(new Set(texts)).toEqual(new Set(['QueueName: orders\n']));
});

test('a nested template includes from its own folder, and is uploaded as it then reads', async () => {
  writeFileSync(join(folder, 'part.yaml'), 'QueueName: orders\n');
  writeFileSync(
    join(folder, 'nested.yaml'),
    'Resources: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}}\n',
  );
  const {texts} = await packaged(
    'Resources: {Storage: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml}}}\n',
  );
  expect(texts).toEqual(['QueueName: orders\n', expect.stringContaining('Location: "s3://artefacts/orders/')]);
});

test('a file that is not there is told with the line that names it', async () => {
  const text = 'Resources:\n  Fn::Transform:\n    Name: AWS::Include\n    Parameters: {Location: gone.yaml}\n';
  await expect(packaged(text)).rejects.toMatchObject({
    message: `${join(folder, 'template.yaml')}:4: the file gone.yaml that AWS::Include names cannot be read`,
  });
});
