import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {gear, type Run} from './gear.ts';

/** As to an account: another endpoint, and keys of the environment. */
let cloud: LocalCloud;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-reviewed-'));
  mkdirSync(join(folder, 'code'));
  writeFileSync(join(folder, 'code/index.mjs'), 'export const handler = async () => 1;');
  cloud = await startLocalCloud();
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

function deploy(...args: readonly string[]): Promise<Run> {
  const {endpoint} = cloud;
  return gear(['deploy', '--stack', 'orders', '--endpoint-url', endpoint, ...args], {cwd: folder, env: environment()});
}

function environment(region = cloud.region) {
  const {accessKeyId, secretAccessKey} = cloud.credentials;
  return {AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey};
}

function write({actions = 'dynamodb:PutItem', key = 'order'} = {}): void {
  writeFileSync(
    join(folder, 'template.yaml'),
    `Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: ${key}, AttributeType: S}]
      KeySchema: [{AttributeName: ${key}, KeyType: HASH}]
  SaveRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: save
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{Effect: Allow, Action: [${actions}], Resource: !GetAtt Orders.Arn}]
  Save:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: !GetAtt SaveRole.Arn
      Code: ./code
Outputs:
  Table: {Value: !Ref Orders}
`,
  );
}

test('a template with findings is not deployed, and no call is made', async () => {
  write();
  const run = await deploy();
  expect(run).toMatchObject({exitCode: 1, stdout: ''});
  expect(run.stderr).toMatch(/^Error: Nothing was deployed: the audit has \d+ findings$/m);
  expect(run.stderr).not.toContain('Deploying');
});

test('outputs that could not be written anyway are refused before anything is deployed', async () => {
  const run = await deploy('--outputs-file', '.', '--no-audit', '--yes');
  expect(run).toMatchObject({exitCode: 2, stdout: '', stderr: 'Error: --outputs-file .: that is a folder'});
});

test('without a terminal the change set waits for the line that names it', async () => {
  const asked = await deploy('--no-audit');
  expect(asked).toMatchObject({exitCode: 4, stdout: ''});
  expect(asked.stderr).toContain('Not audited, as --no-audit says');
  expect(asked.stderr).toContain(`SaveRole of Save  widened
    + dynamodb:PutItem on table/\${Orders}
    + sts:AssumeRole for lambda.amazonaws.com`);
  const [, line] = /Try: gear deploy (.*)$/m.exec(asked.stderr)!;
  expect(line).toMatch(/^--stack orders --endpoint-url \S+ --approve-plan [0-9a-f]{64}$/);
  const hash = line!.slice(line!.lastIndexOf(' ') + 1);
  const outputs = join(folder, 'outputs.json');
  const run = await deploy('--approve-plan', hash, '--outputs-file', outputs, '--json');
  expect(run.exitCode).toBe(0);
  const events = run.stdout.split('\n').map(text => JSON.parse(text) as {type: string; changed?: boolean});
  expect([...new Set(events.map(({type}) => type))]).toEqual(['change', 'review', 'step', 'stack-event', 'result']);
  expect(events.at(-1)).toMatchObject({stack: 'orders', changed: true, status: 'CREATE_COMPLETE'});
  expect(JSON.parse(readFileSync(outputs, 'utf8'))).toEqual({Table: expect.stringMatching(/^orders-Orders-/)});
  expect(run.stdout + run.stderr).not.toContain(cloud.credentials.secretAccessKey);
});

test('a change that widens nothing is executed unasked, unless somebody wants to be asked for any', async () => {
  write({actions: 'dynamodb:PutItem, dynamodb:PutItem'});
  expect(await deploy('--no-audit', '--approve', 'any')).toMatchObject({exitCode: 4});
  const run = await deploy('--no-audit');
  expect(run.stderr).toContain('equal: SaveRole');
  expect(run).toMatchObject({exitCode: 0, stdout: expect.stringContaining('Deployed orders')});
});

test('data is only replaced when its resource is named, whatever else is approved', async () => {
  write({key: 'id'});
  const refused = await deploy('--no-audit', '--yes');
  expect(refused.exitCode).toBe(4);
  expect(refused.stderr).toContain(
    'Orders (AWS::DynamoDB::Table) is replaced, because KeySchema changes: what the old one holds is deleted',
  );
  const hash = /--approve-plan (\S+) --allow-replace Orders$/m.exec(refused.stderr)![1]!;
  const again = await deploy('--approve-plan', hash, '--json');
  expect(again).toMatchObject({exitCode: 4});
  expect(again.json()).toMatchObject({type: 'error', error: {code: 'DATA_AT_RISK'}});
  const misspelt = await deploy('--no-audit', '--yes', '--allow-replace', 'Order');
  expect(misspelt).toMatchObject({exitCode: 4});
  expect(misspelt.stderr).toContain('--allow-replace Order: the changes have no resource of that name');
  expect(await deploy('--no-audit', '--yes', '--allow-replace', 'Orders')).toMatchObject({exitCode: 0});
});

test('--watch --json prints the events of what has ended as lines, the result last', async () => {
  // Where gear.yaml says that it is, whatever the environment does.
  writeFileSync(join(folder, 'gear.yaml'), `region: ${cloud.region}\n`);
  const run = await gear(['deploy', '--stack', 'orders', '--endpoint-url', cloud.endpoint, '--watch', '--json'], {
    cwd: folder,
    env: environment('ap-south-1'),
  });
  const types = run.stdout.split('\n').map(text => (JSON.parse(text) as {type: string}).type);
  expect([...new Set(types)]).toEqual(['step', 'change', 'stack-event', 'result']);
  for (const command of [
    ['deploy', '--watch', '--stack', 'others'],
    ['destroy', '--stack', 'orders'],
  ]) {
    const other = await gear([...command, '--endpoint-url', cloud.endpoint], {
      cwd: folder,
      env: environment('ap-south-1'),
    });
    expect(other.stderr).toContain(`Try: gear ${command[0]} --region ${cloud.region} --endpoint-url`);
  }
});

test('--plan deploys nothing, and tells by its exit code whether it would', async () => {
  expect(await deploy('--no-audit', '--plan', '--detailed-exitcode')).toMatchObject({exitCode: 0});
  write({key: 'id', actions: 'dynamodb:Query'});
  const run = await deploy('--no-audit', '--plan', '--detailed-exitcode', '--json');
  expect(run.exitCode).toBe(1);
  expect(run.json()).toMatchObject({
    type: 'result',
    changed: false,
    plan: {permissions: [{name: 'SaveRole', verdict: 'changed'}], atRisk: [], hash: expect.any(String)},
  });
});
