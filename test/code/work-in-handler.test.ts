import {describe, expect, test} from 'vitest';
import {workInHandler} from '../../src/code/work-in-handler.ts';

async function work(file: string, text: string, name = 'handler') {
  return (await workInHandler({file, text, name}))?.map(
    ({kind, what, line, column}) => `${line}:${column} ${kind} ${what}`,
  );
}

const client = "import {S3Client} from '@aws-sdk/client-s3';\n";

describe('the handler of JavaScript is found', () => {
  test.each([
    ['as a function', 'export async function handler() { new S3Client(); }'],
    ['as a constant', 'export const handler = async () => { new S3Client(); };'],
    ['under another name', 'const run = async () => { new S3Client(); };\nexport {run as handler};'],
    [
      'behind middy',
      'const run = async () => { new S3Client(); };\nexport const handler = middy(run).use(json()).use(errors());',
    ],
    ['in CommonJS', 'exports.handler = async () => { new S3Client(); };'],
    ['in an object of CommonJS', 'const handler = () => new S3Client();\nmodule.exports = {handler};'],
    [
      'as esbuild writes it',
      'var orders_exports = {};\n__export(orders_exports, {handler: () => handler});\nmodule.exports = __toCommonJS(orders_exports);\nvar handler = async () => { new S3Client(); };',
    ],
    [
      'as tsc writes it',
      'exports.handler = void 0;\nconst handler = async () => { new S3Client(); };\nexports.handler = handler;',
    ],
  ])('%s', async (_, text) => {
    expect(await work('orders.js', client + text)).toEqual([expect.stringMatching(/client new S3Client\(\)$/)]);
  });

  test.each([
    ['of an object', 'export const api = {handler: async () => { new S3Client(); }};'],
    [
      'of an object under another name',
      'const orders = {async handler() { new S3Client(); }};\nexport {orders as api};',
    ],
    ['that is a function of the file', 'const run = () => new S3Client();\nexport const api = {handler: run};'],
    ['in CommonJS', 'exports.api = {};\nexports.api.handler = async () => { new S3Client(); };'],
    ['in an object of CommonJS', 'module.exports = {api: {handler: () => new S3Client()}};'],
    ['of a part of CommonJS', 'const api = {handler: () => new S3Client()};\nmodule.exports.api = api;'],
  ])('as a member %s', async (_, text) => {
    expect(await work('orders.js', client + text, 'api.handler')).toEqual([
      expect.stringMatching(/client new S3Client\(\)$/),
    ]);
  });

  test.each([
    ['is changed', 'export const api = {handler: () => new S3Client()};\napi.handler = kept(api.handler);'],
    ['has another name', 'export const api = {other: () => new S3Client()};'],
    ['is of another file', "import {api} from './api.mjs';\nexport {api};"],
  ])('and nothing is said of a member that %s', async (_, text) => {
    expect(await work('orders.mjs', client + text, 'api.handler')).toBeUndefined();
  });

  test('with the types of TypeScript, at the place where its author wrote it', async () => {
    const text = `${client}enum Kind { Order }\nexport const handler = (async (event: {kind: Kind}): Promise<void> => {\n  const s3 = new S3Client({}) as S3Client;\n}) satisfies unknown;`;
    expect(await work('orders.ts', text)).toEqual(['4:14 client new S3Client()']);
  });

  test.each([
    ['a file that does not parse', 'export const handler = ('],
    ['a handler of another file', "export {handler} from './orders.mjs';"],
    ['a handler that is made at run time', 'export const handler = make(() => new S3Client());'],
    ['no handler', 'export const other = () => new S3Client();'],
  ])('nothing is said of %s', async (_, text) => {
    expect(await work('orders.mjs', client + text)).toBeUndefined();
  });
});

describe('a client in JavaScript is known', () => {
  test.each([
    ["const AWS = require('aws-sdk');", 'new AWS.DynamoDB.DocumentClient()'],
    ["const {DynamoDB} = require('aws-sdk');", 'new DynamoDB()'],
    ["const S3 = require('aws-sdk/clients/s3');", 'new S3()'],
    ["const client_s3_1 = require('@aws-sdk/client-s3');", 'new client_s3_1.S3Client({})'],
    ["var aws = __toESM(require('aws-sdk'));", 'new aws.default.SQS()'],
    ["const AWS = AWSXRay.captureAWS(require('aws-sdk'));", 'new AWS.S3()'],
    ["const {SecretsManager} = require('@aws-sdk/client-secrets-manager');", 'new SecretsManager({})'],
  ])('%s %s', async (imports, made) => {
    const found = await work('orders.cjs', `${imports}\nexports.handler = async () => { const made = ${made}; };`);
    expect(found).toHaveLength(1);
  });

  test.each([
    ["const AWS = require('aws-sdk');", 'new AWS.Config()'],
    ["const AWS = require('aws-sdk');", 'new AWS.SharedIniFileCredentials()'],
    ["const {PutItemCommand} = require('@aws-sdk/client-dynamodb');", 'new PutItemCommand({})'],
    ["const {S3ServiceException} = require('@aws-sdk/client-s3');", 'new S3ServiceException({})'],
    ['class S3Client {}', 'new S3Client()'],
    ["const {S3Client} = require('./fake');", 'new S3Client()'],
  ])('from others: %s %s', async (imports, made) => {
    expect(await work('orders.cjs', `${imports}\nexports.handler = async () => { const made = ${made}; };`)).toEqual(
      [],
    );
  });
});

describe('what may be meant is not found in JavaScript', () => {
  test.each([
    ['kept on first use', 'let s3;', 's3 ??= new S3Client();'],
    ['kept behind a condition', 'let s3;', 'if (!s3) s3 = new S3Client();'],
    ['kept by way of a local', 'let s3;', 'if (s3) return s3;\nconst made = new S3Client();\ns3 = made;'],
    ['kept in a map', 'const kept = new Map();', "const made = new S3Client();\nkept.set('s3', made);"],
    ['kept in an object', 'const kept = {};', 'kept.s3 = new S3Client();'],
    ['chosen from what is there', 'let s3;', 'const own = s3 || new S3Client();'],
    ['made by a factory that may remember', '', "const s3 = kept('s3', () => new S3Client());"],
    ['of the event', '', 'const s3 = new S3Client({region: event.region});'],
    [
      'of the event, by way of locals',
      '',
      'const {region} = event;\nconst options = {region};\nconst s3 = new S3Client(options);',
    ],
    [
      'with credentials of the moment',
      '',
      'const credentials = await assume();\nconst s3 = new S3Client({credentials});',
    ],
    ['under a condition', '', "if (event.kind === 'copy') new S3Client();"],
    ['of one case', '', "switch (event.kind) { case 'copy': new S3Client(); }"],
    ['when something failed', '', 'try { await run(); } catch { new S3Client(); }'],
    ['in a function that nobody is seen to call', 'const make = () => new S3Client();', 'later(make);'],
    ['in a function that is called sometimes', 'const make = () => new S3Client();', 'if (event.copy) make();'],
    ['in a function whose answer is kept', 'let s3;\nconst make = () => new S3Client();', 's3 = s3 ?? make();'],
    ['in a function that remembers', 'const make = once(() => new S3Client());', 'make();'],
  ])('%s', async (_, before, inside) => {
    const text = `${client}${before}\nexport const handler = async event => {\n${inside}\n};`;
    expect(await work('orders.mjs', text)).toEqual([]);
  });

  test('but in a loop and in a callback it is', async () => {
    const inside =
      'for (const record of event.Records) new S3Client();\nawait Promise.all(event.Records.map(async () => { new S3Client(); }));';
    expect(await work('orders.mjs', `${client}export const handler = async event => {\n${inside}\n};`)).toEqual([
      '3:37 client new S3Client()',
      '4:51 client new S3Client()',
    ]);
  });
});

describe('Python', () => {
  const handler = (body: string, before = '') =>
    `import boto3\nimport os\n${before}\n\ndef handler(event, context):\n${body.replaceAll(/^/gm, '    ')}\n`;

  test('is read by its own rules of lines, strings and brackets', async () => {
    const text = `"""A module.

def handler(event, context): boto3.client('no')
"""
import boto3 as aws, os

NOTE = 'it''s boto3.client(1)' "\\"" # boto3.client('no')

async def handler(
    event, context,
):
\tnote = f"""{NOTE} (
boto3.client('no')
"""
\tclients = [
\t\taws.client(
\t\t\t's3', region_name=os.environ['AWS_REGION'],
\t\t), \\
\t]; queue = aws.resource("sqs")
\treturn clients
`;
    expect(await work('orders.py', text)).toEqual(["16:3 client aws.client('s3')", "19:13 client aws.resource('sqs')"]);
  });

  test.each([
    ['kept in a global', 'global s3\ns3 = boto3.client("s3")'],
    ['kept in a global by way of a local', 'global s3\nmade = boto3.client("s3")\ns3 = made'],
    ['kept in a dictionary', 'kept["s3"] = boto3.client("s3")'],
    ['kept in a dictionary by way of a local', 'made = boto3.client("s3")\nkept["s3"] = made'],
    ['kept by a method', 'kept.setdefault("s3", boto3.client("s3"))'],
    ['chosen', 's3 = kept or boto3.client("s3")'],
    ['chosen by a condition', 's3 = boto3.client("s3") if event else None'],
    ['walrus', 'if (s3 := boto3.client("s3")):\n    pass'],
    ['under a condition', 'if event["copy"]:\n    s3 = boto3.client("s3")'],
    ['under a condition on one line', 'if event["copy"]: s3 = boto3.client("s3")'],
    ['when something failed', 'try:\n    run()\nexcept Exception:\n    boto3.client("sns").publish()'],
    ['of the event', 's3 = boto3.client("s3", region_name=event["region"])'],
    ['of the event, by way of a local', 'region = event["region"]\ns3 = boto3.client("s3", region_name=region)'],
    ['of the event, in a string', 's3 = boto3.client("s3", endpoint_url=f"https://{event}")'],
    ['of a loop', 'for region in regions():\n    s3 = boto3.client("s3", region_name=region)'],
    ['with credentials of the moment', 'key = assume()\ns3 = boto3.client("s3", aws_access_key_id=key)'],
    ['in a function of its own', 'def make():\n    return boto3.client("s3")\nreturn later(make)'],
    ['in a function that remembers', 'return make()', '@lru_cache\ndef make():\n    return boto3.client("s3")'],
    ['in a function that is called sometimes', 'if event:\n    make()', 'def make():\n    return boto3.client("s3")'],
  ])('does not find what may be meant: %s', async (_, body, before = '') => {
    expect(await work('orders.py', handler(body, before))).toEqual([]);
  });

  test.each([
    ['in a loop', 'for record in event["Records"]:\n    boto3.client("s3").copy(record)'],
    ['with a type', 's3: S3Client = boto3.client("s3")'],
    ['in a function that is called', 'return make(event)', 'def make(event):\n    return boto3.client("s3")'],
    ['of the environment', 'region = os.getenv("REGION", "eu-central-1")\ns3 = boto3.client("s3", region_name=region)'],
  ])('finds a client %s', async (_, body, before = '') => {
    expect(await work('orders.py', handler(body, before))).toHaveLength(1);
  });

  test.each([
    ['an open bracket', 'def handler(event, context:\n    pass'],
    ['an open string', 'def handler(event, context):\n    return """'],
    ['two handlers', 'def handler(event, context):\n    pass\ndef handler(event, context):\n    pass'],
    ['another language', 'puts <<~TEXT\n  $it'],
  ])('says nothing of %s', async (_, text) => {
    expect(await work('orders.py', text)).toBeUndefined();
  });
});

test('a bundle of megabytes is left alone', async () => {
  expect(await work('orders.mjs', `export const handler = () => 1;\n${'//\n'.repeat(400_000)}`)).toBeUndefined();
});
