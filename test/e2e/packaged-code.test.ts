import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {zipSync} from 'fflate';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {awsAccountCalls} from '../../src/inventory/account/aws-account-calls.ts';
import {builtCode} from '../../src/inventory/built-code.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {elf, machO} from '../bundle/binaries.ts';
import {clientsOf, deploy, told, translator, withoutPlaceholders} from './both-sides.ts';

/** What is read of code: on both sides it must be the same. */
const aboutCode = rules.filter(({id}) => /^size\/|in-handler$|per-invocation$|uncached-secret$/.test(id));

const worksInHandler = `import {S3Client} from '@aws-sdk/client-s3';
export const handler = async () => {
  const s3 = new S3Client({});
  return s3.config.region;
};
`;
const built = `import {SQSClient} from '@aws-sdk/client-sqs';
export const handler = async () => new SQSClient({});
`;
const files: Readonly<Record<string, string | Uint8Array>> = {
  'node/app/orders.mjs': worksInHandler,
  'node/native/addon.node': elf(183),
  'node/native/other.node': machO(0x01000007),
  'python/orders/app.py':
    'def handler(event, context):\n    import boto3\n    s3 = boto3.client("s3")\n    return s3\n',
  'python/orders/_fast.so': elf(62),
  'zipped.zip': zipSync({
    'index.mjs': Buffer.from(worksInHandler),
    'lib/fast.so.1': elf(183),
    'lib/large.mjs': Buffer.from(Array.from({length: 40_000}, (_, index) => `// ${index}`).join('\n')),
  }),
  'bundled/index.mjs': `var s=(()=>{${'let a=1;'.repeat(200)}})();export const handler=async()=>s;\n`,
  'mapped.zip': zipSync({
    'index.mjs': Buffer.from(`var s=(()=>{${'let a=1;'.repeat(200)}})();export const handler=async()=>s;\n`),
    'index.mjs.map': Buffer.from(
      JSON.stringify({
        version: 3,
        sources: ['../node_modules/tax/index.js', '../src/tax.ts', '../src/orders.ts'],
        sourcesContent: ['export const handler = () => 1;', 'export const tax = 19;', worksInHandler],
      }),
    ),
  }),
  'large/index.mjs': `${worksInHandler}${'// A line that says nothing.\n'.repeat(40_000)}`,
  'src/built.ts': built,
  'node_modules/@aws-sdk/client-sqs/index.js': `export class SQSClient { rest = '${'-'.repeat(2000)}' }\n`,
  'elsewhere/index.mjs': 'export {};\n',
};

const functions = {
  Node: {Runtime: 'nodejs24.x', Handler: 'app/orders.handler', Code: './node'},
  Python: {Runtime: 'python3.13', Handler: 'orders.app.handler', Code: './python'},
  Zipped: {Runtime: 'nodejs24.x', Handler: 'index.handler', Code: './zipped.zip'},
  Bundled: {Runtime: 'nodejs24.x', Handler: 'index.handler', Code: './bundled'},
  Mapped: {Runtime: 'nodejs24.x', Handler: 'index.handler', Code: './mapped.zip'},
  Large: {Runtime: 'nodejs24.x', Handler: 'index.handler', Code: './large'},
  Built: {Runtime: 'nodejs24.x', Handler: 'index.handler', Code: './dist/built'},
  Elsewhere: {Runtime: 'nodejs24.x', Handler: 'orders.handler', Code: './elsewhere'},
};

const Trusted = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
const template = JSON.stringify({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [Trusted]}},
    },
    ...Object.fromEntries(
      Object.entries(functions).map(([name, properties]) => [
        name,
        {
          Type: 'AWS::Lambda::Function',
          ...(name === 'Built' ? {Metadata: {Gear: {Entry: 'src/built.ts'}}} : {}),
          Properties: {...properties, Role: {'Fn::GetAtt': ['Role', 'Arn']}},
        },
      ]),
    ),
  },
});

let folder: string;
let cloud: LocalCloud;
let written: Inventory;
let deployed: Inventory;
let translate: (text: string) => string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-packaged-'));
  for (const [path, content] of Object.entries({...files, 'template.yaml': template})) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), content);
  }
  cloud = await startLocalCloud();
  const path = join(folder, 'template.yaml');
  await deploy(cloud, 'packaged', path);
  written = await readTemplateInventory(parseTemplate(readFileSync(path, 'utf8'), path));
  deployed = await readAccountInventory(awsAccountCalls(clientsOf(cloud)), cloud, {
    packages: 'yes',
    sourceOf: builtCode(() => [path]),
  });
  translate = await translator(await clientsOf(cloud).cloudFormation(), 'packaged', cloud);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const judged = (inventory: Inventory) => audit(inventory, aboutCode, {today: '2026-11-21'});

describe('of what is in packages', () => {
  test('a deployed function has the findings of its template', () => {
    const expected = findingsOf(written, withoutPlaceholders);
    expect(expected.join('\n')).toMatchInlineSnapshot(`
      "high size/foreign-binaries Node {"machines":["linux arm64","macOS x64"],"files":2,"example":"native/addon.node"}
      high size/foreign-binaries Zipped {"machines":["linux arm64"],"files":1,"example":"lib/fast.so.1"}
      low coldstart/module-loaded-in-handler Python {"code":"boto3"}
      medium coldstart/client-in-handler Built {"code":"new SQSClient()"}
      medium coldstart/client-in-handler Mapped {"code":"new S3Client()"}
      medium coldstart/client-in-handler Node {"code":"new S3Client()"}
      medium coldstart/client-in-handler Python {"code":"boto3.client('s3')"}
      medium coldstart/client-in-handler Zipped {"code":"new S3Client()"}"
    `);
    expect(findingsOf(deployed, translate)).toEqual(expected);
  });

  test('a finding of deployed code says where in the package it stands', () => {
    const messages = judged(deployed).findings.map(({message}) => translate(message));
    expect(messages).toContain('Node runs new S3Client() again in each invocation (app/orders.mjs:3 in its package)');
    expect(messages).toContain(
      'Mapped runs new S3Client() again in each invocation (src/orders.ts:3 by its source map)',
    );
  });

  test('code that gear makes again, bit for bit, is judged by its source', () => {
    const {findings} = judged(deployed);
    expect(findings.find(({origin}) => 'file' in origin)).toMatchObject({
      rule: 'coldstart/client-in-handler',
      origin: {file: join(folder, 'src/built.ts'), line: 2},
    });
  });

  test('a bundle in a folder beside the template is not judged either', () => {
    const {notJudged = []} = judged(written);
    expect(notJudged.filter(({rule}) => rule === 'coldstart/client-in-handler')).toMatchObject([
      {resource: 'Bundled', reason: expect.stringMatching(/^its code is bundled: /)},
    ]);
  });

  test('what does not show what its handler does is not judged, with the reason', () => {
    const {notJudged = [], notChecked} = judged(deployed);
    expect(notChecked).toEqual([]);
    const ofHandlers = notJudged.filter(({rule}) => rule === 'coldstart/client-in-handler');
    expect(ofHandlers.map(({resource, reason}) => `${translate(resource)}: ${reason}`).sort()).toEqual([
      'Bundled: its code is bundled: put a source map with its sources beside it, or audit it where its source is',
      'Elsewhere: the file of its handler is not in its package',
      'Large: the file of its handler has more than 1 MB',
    ]);
  });
});

function findingsOf(inventory: Inventory, translated: (text: string) => string): readonly string[] {
  return told(judged(inventory).findings, translated);
}
