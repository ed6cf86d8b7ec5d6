import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';

vi.mock('../../src/inventory/read-template-inventory.ts', {spy: true});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-several-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, {recursive: true});
});

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(folder, path)), {recursive: true});
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

async function auditFolder(...paths: string[]) {
  const {result, failures} = await auditTemplates(
    paths.map(path => join(folder, path)),
    rules,
    {parameters: {}, today: '2026-11-21'},
  );
  const at = (origin: object) => ('file' in origin ? relative(folder, String(origin.file)) : '');
  return {
    sources: result.sources.map(source => relative(folder, source)),
    functions: result.functions,
    findings: result.findings.map(({rule, resource, origin}) => `${rule} ${resource} ${at(origin)}`),
    constructs: result.findings.map(({construct}) => construct),
    notChecked: result.notChecked.map(({resource, reason}) => `${resource}: ${reason.replaceAll(`${folder}/`, '')}`),
    failures: failures.map(({message}) => message.replaceAll(`${folder}/`, '')),
  };
}

const sharing = (resource: string) => `
Parameters: {Topic: {Type: String, Default: "*"}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: publish
          PolicyDocument: {Statement: [{Effect: Allow, Action: sns:Publish, Resource: ${resource}}]}
`;

const nesting = (path: string, parameters = '{}', type = 'AWS::CloudFormation::Stack', member = 'TemplateURL') => `
Resources:
  Alarms: {Type: AWS::SNS::Topic}
  Inner: {Type: ${type}, Properties: {${member}: ${path}, Parameters: ${parameters}}}
`;

describe('a nested template', () => {
  test.each([
    ['AWS::CloudFormation::Stack', 'TemplateURL'],
    ['AWS::Serverless::Application', 'Location'],
  ])('of an %s is audited with the one that nests it', async (type, member) => {
    write('template.yaml', nesting('./inner/topics.yaml', '{}', type, member));
    write('inner/topics.yaml', sharing('"*"'));
    expect(await auditFolder('template.yaml')).toMatchObject({
      sources: ['template.yaml', 'inner/topics.yaml'],
      findings: ['iam/wildcard-resource Role inner/topics.yaml'],
      notChecked: [],
    });
  });

  test('has the parameters that it is given, also where a folder has both', async () => {
    write('template.yaml', nesting('inner/template.yaml', '{Topic: !Ref Alarms}'));
    write('inner/template.yaml', sharing('!Ref Topic'));
    expect(await auditFolder('.')).toMatchObject({
      sources: ['inner/template.yaml', 'template.yaml'],
      findings: [],
      notChecked: [],
    });
    expect((await auditFolder('inner')).findings).toEqual(['iam/wildcard-resource Role inner/template.yaml']);
  });

  test('does not fall back to its default where what it is given is not known', async () => {
    write('template.yaml', nesting('inner.yaml', '{Topic: !ImportValue topic}'));
    write('inner.yaml', sharing('!Ref Topic'));
    expect(await auditFolder('template.yaml')).toMatchObject({
      findings: [],
      notChecked: [expect.stringContaining('another stack exports it')],
    });
  });

  test.each([
    ['https://bucket.s3.amazonaws.com/a.yaml', 'is not a file: audit it by its path'],
    ['missing.yaml', 'there is no missing.yaml'],
    ['.', '. is a folder'],
    [`!Sub "\${AWS::Region}.yaml"`, 'is known when the stack is deployed'],
  ])('that lies elsewhere is not checked: %s', async (path, reason) => {
    write('template.yaml', nesting(path));
    const {notChecked} = await auditFolder('template.yaml');
    expect(notChecked).toEqual([expect.stringMatching(/^Inner: what is in the nested stack is not read: /)]);
    expect(notChecked[0]).toContain(reason);
  });

  test('that nests itself is read once', async () => {
    write('a.yaml', nesting('b.yaml'));
    write('b.yaml', nesting('a.yaml'));
    expect(await auditFolder('a.yaml')).toMatchObject({
      sources: ['a.yaml', 'b.yaml'],
      notChecked: [': a.yaml is nested in itself, or too deeply'],
    });
  });
});

const construct = (path: string, asset?: readonly [property: string, path: string]) => ({
  'aws:cdk:path': path,
  ...(asset === undefined ? {} : {'aws:asset:property': asset[0], 'aws:asset:path': asset[1]}),
});

const synthesised = (logicalId: string, metadata: object) => ({
  Resources: {
    [logicalId]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Code: {S3Bucket: 'assets', S3Key: 'a.zip'},
        Role: 'arn:aws:iam::111122223333:role/x',
        DeadLetterConfig: {TargetArn: 'arn:aws:sqs:eu-central-1:111122223333:dead'},
      },
      Metadata: metadata,
    },
    [`${logicalId}Twice`]: {Type: 'AWS::Lambda::Permission', Properties: {FunctionName: {Ref: logicalId}}},
  },
});

describe('a CDK app', () => {
  function writeAssembly() {
    write('cdk.json', {app: 'node app.js'});
    write('cdk.out/manifest.json', {
      version: '48.0.0',
      artifacts: {
        Tree: {type: 'cdk:tree', properties: {file: 'tree.json'}},
        Orders: {type: 'aws:cloudformation:stack', properties: {templateFile: 'Orders.template.json'}},
        'assembly-Prod': {type: 'cdk:cloud-assembly', properties: {directoryName: 'assembly-Prod'}},
      },
    });
    write('cdk.out/assembly-Prod/manifest.json', {
      version: '48.0.0',
      artifacts: {Prod: {type: 'aws:cloudformation:stack', properties: {templateFile: 'Prod.template.json'}}},
    });
    const {Resources} = synthesised('Ingest1A2B', construct('Orders/Ingest/Resource', ['Code', 'asset.1a']));
    const nested = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {TemplateURL: {'Fn::Join': ['', ['https://s3.', {Ref: 'AWS::URLSuffix'}]]}},
      Metadata: construct('Orders/Topics', ['TemplateURL', 'OrdersTopics.nested.template.json']),
    };
    write('cdk.out/Orders.template.json', {Resources: {...Resources, Topics: nested}});
    write('cdk.out/OrdersTopics.nested.template.json', synthesised('Fan3C', construct('Orders/Topics/Fan/Resource')));
    write('cdk.out/assembly-Prod/Prod.template.json', synthesised('Prod5E', construct('Prod/Ingest/Resource')));
    write('cdk.out/asset.1a/index.mjs', 'export const handler = async () => {};');
    write('cdk.out/asset.1a/template.yaml', 'not ours');
  }

  test.each(['.', 'cdk.out', 'cdk.json'])(
    'is audited as it was synthesised, stages and nested stacks included: %s',
    async path => {
      writeAssembly();
      const {sources, functions, failures, constructs, notChecked} = await auditFolder(path);
      expect({sources, functions, failures}).toEqual({
        sources: [
          'cdk.out/Orders.template.json',
          'cdk.out/assembly-Prod/Prod.template.json',
          'cdk.out/OrdersTopics.nested.template.json',
        ],
        functions: 3,
        failures: [],
      });
      expect(new Set(constructs.filter(path => path !== undefined))).toEqual(
        new Set(['Orders/Ingest', 'Orders/Topics/Fan', 'Prod/Ingest']),
      );
      // Its code lies beside it as an asset, and is measured.
      expect(notChecked.filter(entry => /^Ingest1A2B: (its code|there is no)/.test(entry))).toEqual([]);
    },
  );

  test('that was not synthesised is not passed over', async () => {
    write('cdk.json', {app: 'node app.js'});
    expect((await auditFolder('.')).failures).toEqual(['cdk.json is of a CDK app that has not been synthesised']);
  });
});

test('an error of gear in the reading of one file is reported, and the others are audited', async () => {
  const {readTemplateInventory} = await import('../../src/inventory/read-template-inventory.ts');
  write('a/template.yaml', sharing('"*"'));
  write('b/template.yaml', sharing('"*"'));
  vi.mocked(readTemplateInventory).mockImplementationOnce(() => Promise.reject(new TypeError('x is not a function')));
  expect(await auditFolder('.')).toMatchObject({
    sources: ['b/template.yaml'],
    findings: ['iam/wildcard-resource Role b/template.yaml'],
    failures: ['a/template.yaml cannot be read, by a bug in gear: x is not a function'],
  });
});

test('sections without anything in them are as good as none', async () => {
  const empty = ['Parameters', 'Conditions', 'Mappings', 'Metadata', 'Outputs', 'Globals', 'Rules', 'Transform'];
  write(
    'template.yaml',
    `${empty.map(section => `${section}:\n`).join('')}${sharing('"*"').replace(/^Parameters.*\n/m, '')}`,
  );
  expect(await auditFolder('.')).toMatchObject({findings: ['iam/wildcard-resource Role template.yaml'], failures: []});
});
