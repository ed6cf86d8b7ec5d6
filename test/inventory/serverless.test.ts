import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {GearError} from '../../src/errors.ts';
import {findTemplates} from '../../src/inventory/find-templates.ts';
import {readServerlessInventory} from '../../src/inventory/read-serverless-inventory.ts';
import {literalOf, variablePieces} from '../../src/inventory/serverless/variable-syntax.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-serverless-'));
afterAll(() => rmSync(folder, {recursive: true}));

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, text);
  return file;
}

const service = `
service: orders
provider:
  name: aws
  runtime: nodejs22.x
  stage: \${opt:stage, 'dev'}
functions:
  accept:
    handler: a.handler
    memorySize: \${env:MEMORY}
    timeout: \${self:custom.timeouts.\${sls:stage}}
custom:
  timeouts: {dev: 5, prod: 29}
`;

const deep = `service: a\nprovider: aws\ncustom: ${'['.repeat(300)}${']'.repeat(300)}`;

describe('what a variable is', () => {
  test.each([
    ['plain', ['plain']],
    [`a-\${self:x}-b`, ['a-', {text: `\${self:x}`, sources: ['self:x']}, '-b']],
    [`\${opt:stage, 'a, b'}`, [{text: `\${opt:stage, 'a, b'}`, sources: ['opt:stage', "'a, b'"]}]],
    [`\${self:a.\${opt:b}.c, 3}`, [{text: `\${self:a.\${opt:b}.c, 3}`, sources: [`self:a.\${opt:b}.c`, '3']}]],
    [`\${file(a.yml):x}`, [{text: `\${file(a.yml):x}`, sources: ['file(a.yml):x']}]],
    [`arn:\${AWS::Region}:\${Queue.Arn}`, [`arn:\${AWS::Region}:\${Queue.Arn}`]],
    [`\${self:open`, [`\${self:open`]],
  ])('%s', (text, pieces) => {
    expect(variablePieces(text)).toEqual(pieces);
  });

  test.each([
    ["'text'", {value: 'text'}],
    ['12', {value: 12}],
    ['false', {value: false}],
    ['self:x', undefined],
  ])('the fallback %s', (source, value) => {
    expect(literalOf(source)).toEqual(value);
  });
});

test('a variable that is given decides what is read, and any that is asked for can be given', async () => {
  const file = write('given/serverless.yml', service);
  const {inventory, parameters} = await readServerlessInventory(file, {
    parameters: {'opt:stage': 'prod', 'env:MEMORY': '256'},
  });
  expect(inventory.functions[0]).toMatchObject({memory: 256, timeout: 29});
  expect(inventory.functions[0]!.arn).toMatch(/orders-prod-accept$/);
  expect([...parameters]).toEqual(expect.arrayContaining(['opt:stage', 'env:MEMORY', 'sls:stage']));
});

test('an archive that the framework has packaged is measured', async () => {
  write('built/.serverless/orders.zip', `PK\x05\x06${'\0'.repeat(18)}`);
  const {inventory} = await readServerlessInventory(write('built/serverless.yml', service));
  expect(inventory.functions[0]!.package).toMatchObject({kind: 'archive', files: []});
});

describe('is refused in a sentence', () => {
  test.each([
    [
      'other clouds',
      'serverless.yml',
      'service: a\nprovider: google',
      /is a service for google, and gear audits AWS only/,
    ],
    ['no provider', 'serverless.yml', 'service: a', /does not say which provider/],
    ['no name', 'serverless.yml', 'provider: aws', /has no service name/],
    ['code', 'serverless.ts', 'export default {}', /is code, and gear does not run it/],
    ['text', 'serverless.yml', 'just words', /does not say which provider/],
    ['broken YAML', 'serverless.yml', 'service: [a', /serverless\.yml:1: cannot be read as YAML/],
    ['a lost alias', 'serverless.yml', 'service: *nowhere', /cannot be read as YAML/],
    ['aliases of aliases', 'serverless.yml', bomb(), /grows beyond all reason/],
    ['a value within values without end', 'serverless.yml', deep, /serverless\.yml:3: .*nested too deeply/],
    ['variables of variables', 'serverless.yml', variableBomb(), /grows beyond all reason/],
  ])('%s', async (_, name, text, message) => {
    const reading = readServerlessInventory(write(`refused/${name}`, text));
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(GearError);
  });
});

function bomb(): string {
  const letters = 'abcdefghij'.split('');
  const doubled = letters.map((letter, index) =>
    index === 0 ? `${letter}: &${letter} [x]` : `${letter}: &${letter} [${`*${letters[index - 1]},`.repeat(10)}]`,
  );
  return doubled.join('\n');
}

function variableBomb(): string {
  const levels = [...Array(30).keys()].map(
    level => `  l${level}: ["\${self:custom.l${level + 1}}", "\${self:custom.l${level + 1}}"]`,
  );
  return `service: a\nprovider: aws\ncustom:\n${levels.join('\n')}\n  l30: x\n`;
}

test('nothing that is written into a service makes its reader fail in another way', async () => {
  const values = [
    '[]',
    '{}',
    '3',
    'null',
    'text',
    '[[]]',
    '{a: [1]}',
    '!Ref X',
    `'\${self:}'`,
    `'\${x(:}'`,
    '[null, 3, {sqs: null}]',
  ];
  const places = [
    (value: string) => `service: a\nprovider: {name: aws, iam: ${value}}\nfunctions: {f: {handler: x}}`,
    (value: string) =>
      `service: a\nprovider: {name: aws, iam: {role: {statements: ${value}, managedPolicies: ${value}}}}\nfunctions: {f: {handler: x}}`,
    (value: string) =>
      `service: a\nprovider: {name: aws, vpc: ${value}, tracing: ${value}, layers: ${value}, tags: ${value}}\nfunctions: {f: {handler: x}}`,
    (value: string) =>
      `service: a\nprovider: aws\nplugins: ${value}\nfunctions: ${value}\nresources: ${value}\nlayers: ${value}`,
    (value: string) =>
      `service: a\nprovider: aws\nfunctions: {f: ${value}, g: {events: ${value}, destinations: ${value}, url: ${value}}}`,
    ...[
      'sqs',
      'stream',
      'sns',
      's3',
      'http',
      'schedule',
      'eventBridge',
      'kafka',
      'cloudwatchLog',
      'iot',
      'rabbitmq',
    ].map(
      event => (value: string) =>
        `service: a\nprovider: aws\nfunctions: {f: {handler: x, events: [{${event}: ${value}}]}}`,
    ),
    (value: string) =>
      `service: a\nprovider: aws\nresources: {Resources: ${value}, extensions: ${value}, Conditions: ${value}}`,
  ];
  for (const place of places)
    for (const value of values) {
      const file = write('any/serverless.yml', place(value));
      const reading = await readServerlessInventory(file).catch(error => error);
      expect(reading instanceof GearError || 'inventory' in reading, `${place(value)}: ${reading.stack}`).toBe(true);
    }
});

test('a folder is searched for services, and one written as code is found too', () => {
  write('all/orders/serverless.yml', service);
  write('all/orders/serverless.js', 'a leftover');
  write('all/billing/serverless.ts', 'code');
  write('all/node_modules/x/serverless.yml', service);
  expect(findTemplates(join(folder, 'all'))).toEqual(
    ['billing/serverless.ts', 'orders/serverless.yml'].map(path => join(folder, 'all', path)),
  );
});

describe('a handler is read where its source lies', () => {
  const source = `import {S3Client} from '@aws-sdk/client-s3';\nexport const handler = async () => new S3Client({});\n`;
  const workOf = async (text: string) => (await readServerlessInventory(text)).inventory.functions[0]!.handlerWork;

  test('beside the service, whatever packages it', async () => {
    write('sourced/a.ts', source);
    expect(await workOf(write('sourced/serverless.yml', service))).toEqual([
      {kind: 'client', what: 'new S3Client()', origin: {file: join(folder, 'sourced/a.ts'), line: 2, column: 36}},
    ]);
  });

  test('but not of an artefact that is made elsewhere', async () => {
    write('elsewhere/a.ts', source);
    const made = `${service}package: {artifact: build/orders.zip}\n`;
    expect(await workOf(write('elsewhere/serverless.yml', made))).toBeUndefined();
  });
});
