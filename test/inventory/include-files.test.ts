// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of CloudFormation look like this.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {inventoryOf} from '../audit/inventory-of.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-include-'));
});

afterEach(() => {
  rmSync(folder, {recursive: true});
});

const include = (location: string) => `{Name: AWS::Include, Parameters: {Location: ${location}}}`;

const read = (text: string, files: Readonly<Record<string, string>> = {}) => {
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), {recursive: true});
    writeFileSync(join(folder, name), contents);
  }
  return inventoryOf(text, {file: join(folder, 'template.yaml')});
};

const role = (comment = '') => `Role:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
    Policies:
      - PolicyName: all
        PolicyDocument:
          Statement:
            - Effect: Allow
              Action: sqs:SendMessage
${comment}              Resource: "*"
`;

const resources = `Resources:\n  Fn::Transform: ${include('parts/role.yaml')}\n`;

describe('a file that AWS::Include names', () => {
  test('brings resources, whose findings stand in that file', async () => {
    const {findings, notChecked} = audit(await read(resources, {'parts/role.yaml': role()}), rules, {
      today: '2026-11-22',
    });
    expect(notChecked).toEqual([]);
    expect(findings.find(({rule}) => rule === 'iam/wildcard-resource')).toMatchObject({
      resource: 'Role',
      origin: {file: join(folder, 'parts/role.yaml'), line: 10},
    });
  });

  test('may have a finding ignored by a comment of its own', async () => {
    const ignored = role('              # gear-ignore iam/wildcard-resource: the queues are made at run time\n');
    const {findings} = audit(await read(resources, {'parts/role.yaml': ignored}), rules, {today: '2026-11-22'});
    expect(findings.find(({rule}) => rule === 'iam/wildcard-resource')?.suppressed).toMatchObject({
      reason: 'the queues are made at run time',
    });
  });

  test.each([
    ['beside other properties', `Properties: {Fn::Transform: ${include('q.json')}, DelaySeconds: 1}`],
    ['as all properties', `Properties: {Fn::Transform: ${include('q.json')}}`],
    ['by an absolute path', () => `Properties: {Fn::Transform: ${include(join(folder, 'q.json'))}}`],
  ])('brings properties: %s', async (_, properties) => {
    const written = typeof properties === 'string' ? properties : properties();
    const {queues, unread} = await read(`Resources:\n  Queue: {Type: AWS::SQS::Queue, ${written}}\n`, {
      'q.json': '{"QueueName": {"Fn::Sub": "orders"}}',
    });
    expect(String(queues[0]!.arn)).toMatch(/:orders$/);
    expect(unread).toEqual([]);
  });

  test('brings a single value in a list', async () => {
    const inventory = await read(
      role()
        .replace(/^/gm, '  ')
        .replace('  Role:', 'Resources:\n  Role:')
        .replace(/- Effect[\s\S]*$/, `- Fn::Transform: ${include('s.yaml')}\n`),
      {'s.yaml': 'Effect: Allow\nAction: "*"\nResource: "*"\n'},
    );
    const {findings} = audit(inventory, rules, {today: '2026-11-22'});
    expect(findings.find(({rule}) => rule === 'iam/wildcard-action')?.origin).toMatchObject({
      file: join(folder, 's.yaml'),
    });
  });

  test('brings loops', async () => {
    const text = `Transform: AWS::LanguageExtensions\n${resources}`;
    const loop = 'Fn::ForEach::Q: [N, [A, B], {"Q${N}": {Type: AWS::SQS::Queue}}]\n';
    const {queues} = await read(text, {'parts/role.yaml': loop});
    expect(queues.map(({name}) => name)).toEqual(['QA', 'QB']);
  });

  test('has the lines of code that stands in it', async () => {
    const code = `F:
  Type: AWS::Lambda::Function
  Properties:
    Runtime: nodejs24.x
    Handler: index.handler
    Code:
      ZipFile: |
        const {S3Client} = require('@aws-sdk/client-s3');
        exports.handler = async () => {
          const client = new S3Client({});
        };
`;
    const {functions} = await read(resources, {'parts/role.yaml': code});
    expect(functions[0]!.handlerWork).toMatchObject([
      {kind: 'client', origin: {file: join(folder, 'parts/role.yaml'), line: 10}},
    ]);
  });
});

describe('what AWS::Include brings is not checked', () => {
  test.each<[string, string, Readonly<Record<string, string>>, RegExp]>([
    [
      'where there is no such file',
      'gone.yaml',
      {},
      /^what AWS::Include brings is not read: there is no \S+gone.yaml$/,
    ],
    ['where it lies in a bucket', 's3://b/k.yaml', {}, /: s3:\/\/b\/k.yaml is not a file on this machine$/],
    ['where the address is put together', '{Ref: Place}', {}, /: its Location is known when the stack is deployed$/],
    ['where the file is no map', 'list.yaml', {'list.yaml': '- a\n'}, /list.yaml:1: cannot be read as a template/],
    [
      'where the file has short forms',
      'short.yaml',
      {'short.yaml': '# !Sub\nQueueName: "!Sub"\nKmsMasterKeyId: !Ref Key\n'},
      /short.yaml:3 says !Ref, and AWS::Include takes no short forms$/,
    ],
    [
      'where the file includes another',
      'outer.yaml',
      {'outer.yaml': `Tags: [{Fn::Transform: ${include('inner.yaml')}}]\n`, 'inner.yaml': 'a: b\n'},
      /^CloudFormation runs no AWS::Include in an included file, such as \S+outer.yaml$/,
    ],
    [
      'where both say the same property',
      'same.yaml',
      {'same.yaml': 'DelaySeconds: 2\n'},
      /same.yaml has DelaySeconds, which the template has there too$/,
    ],
  ])('%s', async (_, location, files, reason) => {
    const properties = `{Fn::Transform: ${include(location)}, DelaySeconds: 1}`;
    const {unread} = await read(`Resources:\n  Queue: {Type: AWS::SQS::Queue, Properties: ${properties}}\n`, files);
    expect(unread).toMatchObject([{rule: '*', resource: 'Queue', reason: expect.stringMatching(reason)}]);
  });

  test('where it is one value of a resource, only as far as that value counts', async () => {
    const properties = `{Handler: a.b, Timeout: {Fn::Transform: ${include('no.yaml')}}}`;
    const {functions, unread} = await read(
      `Resources:\n  F: {Type: AWS::Lambda::Function, Properties: ${properties}}\n`,
    );
    expect(unread).toEqual([]);
    expect(functions[0]!.timeout).toMatchObject({reason: expect.stringMatching(/^there is no \S+no.yaml$/)});
  });
});
