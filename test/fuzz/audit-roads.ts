// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the Serverless Framework are written that way
import {globSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {Chalk} from 'chalk';
import {parse} from 'yaml';
import {auditTemplates, type TemplatesAudit} from '../../src/audit/audit-templates.ts';
import {compareWithBaseline, parseBaseline, updateBaseline} from '../../src/audit/baseline.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {auditAccounts} from '../../src/cli/audit-account.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {parsePolicy} from '../../src/iam/parse-policy.ts';
import {readAuditSettings} from '../../src/project/audit-settings.ts';
import {readProject} from '../../src/project/read-project.ts';
import {findingsFormats} from '../../src/report/findings/formats.ts';
import {accountDumps, savedAccount} from './account-dumps.ts';
import type {Road} from './road.ts';

const today = '2026-11-22';
const knownRules = rules.map(({id}) => id);

export const auditRoads: readonly Road[] = [
  {
    name: 'templates',
    seeds: [...texts('audit/rules/**/fail-*.yaml'), ...texts('e2e/same-findings/*.yaml')],
    json: seed => parseTemplate(seed, 'seed', {duplicateKeys: 'last'}).body,
    follow: (text, folder) => auditFiles(folder, {'template.yaml': text}),
  },
  {
    name: 'services of the Serverless Framework',
    seeds: texts('audit/serverless/*/serverless.y*ml'),
    json: seed => parse(seed, {logLevel: 'silent', maxAliasCount: -1}),
    follow: (text, folder) => auditFiles(folder, {'serverless.yml': text}),
  },
  {
    name: 'files that templates and services read',
    share: 0.3,
    seeds: [
      'Orders:\n  Type: AWS::SQS::Queue\n  Properties: {QueueName: orders}\n',
      'Parameters: {A: {Type: String}}\nResources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties: {RoleName: !Ref A}\n',
      '{"functions": {"orders": {"handler": "a.b", "events": [{"sqs": "arn:aws:sqs:a:b:c"}]}}, "stage": "dev"}',
    ],
    json: seed => parseTemplate(seed, 'seed').body,
    follow: (text, folder) =>
      auditFiles(folder, {
        'read.yaml': text,
        'template.yaml': [
          'Resources:',
          "  'Fn::Transform': {Name: AWS::Include, Parameters: {Location: read.yaml}}",
          '  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: read.yaml, Parameters: {A: !Ref B}}}',
          '  App: {Type: AWS::Serverless::Application, Properties: {Location: read.yaml}}',
        ].join('\n'),
        'serverless.yml': [
          'service: orders',
          'provider: {name: aws, runtime: nodejs22.x, stage: "${file(read.yaml):stage}"}',
          'custom: ${file(read.yaml)}',
          'functions: ${file(read.yaml):functions}',
          'resources: ["${file(read.yaml)}"]',
        ].join('\n'),
      }),
  },
  {
    name: 'plans and states of Terraform',
    seeds: texts('audit/terraform/*/*.json'),
    json: JSON.parse,
    follow: (text, folder) => auditFiles(folder, {'plan.json': text, 'template.yaml': 'Resources: {}'}),
  },
  {
    name: 'manifests of cdk.out',
    seeds: [
      JSON.stringify({
        version: '38.0.1',
        artifacts: {
          Orders: {type: 'aws:cloudformation:stack', properties: {templateFile: 'Orders.template.json'}},
          Stage: {type: 'cdk:cloud-assembly', properties: {directoryName: 'stage'}},
        },
      }),
    ],
    json: JSON.parse,
    follow: (text, folder) =>
      auditFiles(folder, {
        'cdk.json': '{}',
        'cdk.out/manifest.json': text,
        'cdk.out/Orders.template.json': '{"Resources": {}}',
      }),
  },
  {
    name: 'gear.yaml',
    seeds: [
      'service: orders\nstack: orders-test\naudit:\n  severity: {iam/wildcard-resource: low}\n  ignore:\n    - {rule: iam/wildcard-resource, resource: Role, reason: made at run time, expires: 2027-03-31}\n',
    ],
    json: seed => parse(seed),
    async follow(text, folder) {
      writeFileSync(join(folder, 'template.yaml'), 'Resources: {}');
      writeFileSync(join(folder, 'gear.yaml'), text);
      await readAuditSettings(folder, knownRules);
      readProject(folder);
    },
  },
  {
    name: 'baselines',
    seeds: [
      JSON.stringify({
        version: 1,
        findings: [
          {fingerprint: 'a1', source: 'template.yaml', rule: 'iam/wildcard-resource', resource: 'R', message: 'm'},
        ],
      }),
    ],
    json: JSON.parse,
    follow(text) {
      const nothing = {functions: 0, findings: [], notChecked: [], sources: ['template.yaml']};
      const scope = {rules: knownRules, sourceName: (source: string) => source, exists: () => true};
      const baseline = parseBaseline(text, 'baseline.json');
      compareWithBaseline(nothing, baseline, scope);
      updateBaseline(nothing, baseline, scope);
    },
  },
  {
    name: 'policy documents',
    seeds: [
      '{"Version": "2012-10-17", "Id": "a", "Statement": [{"Sid": "a", "Effect": "Allow", "Principal": {"AWS": ["*"]}, "NotAction": ["s3:*", "iam:Get?ser"], "Resource": "arn:aws:s3:::*", "Condition": {"ForAnyValue:StringLike": {"aws:PrincipalTag/team": ["a*", "b"]}, "Bool": {"aws:SecureTransport": true}}}]}',
    ],
    json: JSON.parse,
    follow: text => {
      parsePolicy(text, {file: 'policy.json', line: 1, column: 1});
    },
  },
  {
    name: 'saved accounts',
    seeds: [JSON.stringify(savedAccount)],
    json: JSON.parse,
    follow(text, folder) {
      for (const [name, content] of Object.entries(filesIn(text))) {
        mkdirSync(dirname(join(folder, name)), {recursive: true});
        writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
      }
      return auditSaved(folder);
    },
  },
  {
    name: 'dumps of the aws CLI',
    seeds: Object.values(accountDumps).map(dump => JSON.stringify(dump, null, 1)),
    json: JSON.parse,
    follow(text, folder) {
      for (const [name, dump] of Object.entries(accountDumps)) writeFileSync(join(folder, name), JSON.stringify(dump));
      writeFileSync(join(folder, fileOf(text)), text);
      return auditSaved(folder);
    },
  },
];

/** What is no JSON any more stands for one file that is none. */
function filesIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const files = JSON.parse(text) as Record<string, unknown>;
    return Object.fromEntries(Object.keys(savedAccount).map(name => [name, files?.[name] ?? text]));
  } catch {
    const [manifest, ...others] = Object.keys(savedAccount);
    return {...savedAccount, [text.length % 4 === 0 ? manifest! : others[text.length % others.length]!]: text};
  }
}

/** The one whose list the text has, or had. */
function fileOf(text: string): string {
  const [file = 'list-functions.json'] =
    Object.entries(accountDumps).find(([, dump]) => Object.keys(dump).some(list => text.includes(list))) ?? [];
  return file;
}

function texts(pattern: string): readonly string[] {
  const folder = join(import.meta.dirname, '..');
  return globSync(pattern, {cwd: folder})
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8'));
}

async function auditFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
  const audited = await auditTemplates([folder], rules, {
    parameters: {},
    today,
    knownRules,
    withMaps: true,
    fix: {unsafe: true, allRules: rules},
  });
  conclude(audited);
}

async function auditSaved(folder: string): Promise<void> {
  const flags = {
    local: false,
    dir: undefined,
    region: undefined,
    profile: undefined,
    'endpoint-url': undefined,
    'all-regions': false,
    quick: false,
    'no-cache': true,
    packages: false,
    measured: false,
    since: undefined,
    unused: false,
    save: undefined,
    from: folder,
  };
  const silent = () => {};
  const said = {announce: silent, note: silent, progress: false};
  const options = {aboutSize: false, today, knownRules, withMaps: true, version: '0', ...said};
  conclude(await auditAccounts(flags, rules, options));
}

/** In every format; what an audit reports of its own bugs is thrown as what it is. */
function conclude({result, notRead, failures, fixes = []}: TemplatesAudit): void {
  const bug = failures.find(({code}) => code === 'READER_FAILED');
  if (bug !== undefined) throw bug.cause;
  const failed = result.notChecked.find(({reason}) => reason.startsWith('the rule failed'));
  if (failed !== undefined) throw new Error(`${failed.rule}: ${failed.reason}`);
  const report = {
    result,
    notRead,
    rules,
    failOn: 'low' as const,
    baseline: false,
    gone: [],
    fixes,
    version: '0',
    pathOf: (file: string) => file,
  };
  const source = (file: string) => readFileSync(file, 'utf8').split(/\r?\n/);
  for (const write of Object.values(findingsFormats)) write(report, {paint: new Chalk({level: 0}), source});
}
