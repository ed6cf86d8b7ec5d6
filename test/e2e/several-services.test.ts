import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {requireLocalCloud} from '../../src/local/connection.ts';
import {writeRepository} from '../deploy/all/repository.ts';
import {gear} from './gear.ts';
import {openClients} from './service.ts';

/** orders has a topic, billing takes its ARN, mailer waits for billing; stock waits for nobody. */
const repository = writeRepository({
  '.gitignore': '.gear/\n',
  'orders/gear.yaml': 'service: orders\nstages: {dev: {parameters: {Colour: blue}}, qa: {}}\n',
  'orders/template.yaml': `Parameters:
  Colour: {Type: String, Default: red}
Resources:
  Alarms: {Type: AWS::SNS::Topic}
Outputs:
  AlarmTopicArn: {Value: !Sub '\${Alarms}', Export: {Name: !Sub '\${AWS::StackName}-alarms'}}
  Colour: {Value: !Ref Colour}
`,
  'billing/gear.yaml': `service: billing\nparameters: {Note: "\${orders.Colour}, always"}\n`,
  'billing/template.yaml': `Parameters:
  Note: {Type: String}
Resources:
  Invoices: {Type: AWS::SQS::Queue}
Outputs:
  Note: {Value: !Ref Note}
`,
  'mailer/gear.yaml': 'service: mailer\ndependsOn: [billing]\n',
  'mailer/template.yaml': 'Resources: {Mails: {Type: AWS::SQS::Queue}}\n',
  'stock/gear.yaml': 'service: stock\n',
  'stock/template.yaml': 'Resources: {Items: {Type: AWS::SQS::Queue}}\n',
});
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: repository.folder,
    stdio: 'pipe',
  });
git('init', '-q', '-b', 'main');
afterAll(async () => {
  await gear(['local', 'stop'], {cwd: repository.folder});
  repository.remove();
});

interface Services {
  readonly services: readonly {
    readonly service: string;
    readonly stack: string;
    readonly status: string;
    readonly outputs?: Record<string, string>;
  }[];
}

const deploy = (...args: string[]) => gear(['deploy', '--all', ...args], {cwd: repository.folder});
const destroy = (...args: string[]) => gear(['destroy', '--all', ...args], {cwd: repository.folder});
const ends = ({services}: Services) => Object.fromEntries(services.map(({service, status}) => [service, status]));
const outputs = ({services}: Services, name: string) => services.find(({service}) => service === name)?.outputs;

function edit(file: string, from: string, to: string): void {
  const path = join(repository.folder, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
}

async function clients() {
  const {endpoint, region, accessKeyId, secretAccessKey} = await requireLocalCloud(repository.folder);
  return openClients({endpoint, region, credentials: {accessKeyId, secretAccessKey}});
}

async function stacks(): Promise<readonly string[]> {
  const {cloudFormation} = await clients();
  const {Stacks = []} = await cloudFormation.describeStacks({});
  // One that waits for its first change set to be executed is none yet.
  return Stacks.filter(({StackStatus}) => StackStatus !== 'REVIEW_IN_PROGRESS')
    .map(({StackName, StackStatus}) => `${StackName} ${StackStatus}`)
    .sort();
}

test('services are deployed in their order, outputs handed on', async () => {
  const run = await deploy('--local');
  expect(run).toMatchObject({exitCode: 0, stdout: expect.stringMatching(/^Deployed 4 services in /)});
  expect(run.stdout).toMatch(/ {2}billing\.Note +red, always$/m);
  const lines = run.stderr.split('\n');
  const at = (line: string) => lines.findIndex(each => each.startsWith(line));
  expect(run.stderr).toContain('\n  billing  after orders\n');
  expect(at('orders  |   [1/1] CREATE_COMPLETE')).toBeLessThan(at('billing | Executing it'));
  expect(at('billing |   [1/1] CREATE_COMPLETE')).toBeLessThan(at('mailer  | Executing it'));
});

test('an output that comes out differently reaches who takes it', async () => {
  edit('orders/template.yaml', '!Ref Colour}', `!Sub "very \${Colour}"}`);
  const document = (await deploy('--local', '--json')).json<Services & Record<string, unknown>>();
  expect(ends(document)).toEqual({orders: 'deployed', billing: 'deployed', mailer: 'unchanged', stock: 'unchanged'});
  expect(outputs(document, 'billing')).toEqual({Note: 'very red, always'});
});

test('what waits for a service that fails is skipped and named, and the rest is deployed', async () => {
  edit('billing/template.yaml', 'AWS::SQS::Queue}', 'AWS::SQS::Queue, Properties: {QueueName: "not a name"}}');
  edit('mailer/template.yaml', 'AWS::SQS::Queue}', 'AWS::SQS::Queue, Properties: {DelaySeconds: 1}}');
  edit('stock/template.yaml', 'AWS::SQS::Queue}', 'AWS::SQS::Queue, Properties: {DelaySeconds: 1}}');
  const run = await deploy('--local');
  expect(run.exitCode).toBe(2);
  expect(run.stdout).toMatch(/^Deployed 1 of 4 services in /);
  expect(run.stdout).toMatch(/^ {2}billing {2}failed: .*billing\/template\.yaml:\d+.*Invoices/m);
  expect(run.stdout).toMatch(/^ {2}mailer {3}skipped: billing failed$/m);
  expect(run.stdout).toMatch(/^ {2}stock {4}deployed$/m);
  expect(await stacks()).toContain('mailer CREATE_COMPLETE');
});

test('when one cannot be prepared, none is executed and nothing is left behind', async () => {
  edit('billing/template.yaml', 'QueueName: "not a name"', 'DelaySeconds: 2');
  edit('stock/template.yaml', 'Items: {', 'Items: {DependsOn: Nobody, ');
  const before = await stacks();
  const run = await deploy('--local', '--json', '--stage', 'dev');
  expect(run.exitCode).toBe(2);
  expect(ends(run.json())).toEqual({orders: 'skipped', billing: 'skipped', mailer: 'skipped', stock: 'failed'});
  expect(await stacks()).toEqual(before);
  edit('stock/template.yaml', 'DependsOn: Nobody, ', '');
});

test('a plan says what would change and what is not known yet, and one hash executes exactly that', async () => {
  const before = await stacks();
  const run = await deploy('--local', '--plan', '--stage', 'qa');
  expect(run).toMatchObject({exitCode: 0, stdout: expect.stringMatching(/^4 of 4 services would change; nothing was/)});
  expect(run.stderr).toMatch(/^orders {2}\| {3}Add {5}Alarms/m);
  expect(run.stderr).toContain(
    'billing | There is no change set for billing yet: the value of Note, output Colour of orders, is known after orders',
  );
  expect(run.stderr).toMatch(/^billing \| {3}Add {5}Invoices/m);
  expect(await stacks()).toEqual(before);
  const [, words = ''] = /^ {2}gear (deploy --all --stage qa --local --approve-plan [0-9a-f]{64})$/m.exec(run.stdout)!;

  edit('billing/template.yaml', 'DelaySeconds: 2', 'DelaySeconds: 3');
  expect(await gear(words.split(' '), {cwd: repository.folder})).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('a stack or a service was changed since'),
  });
  expect(await stacks()).toEqual(before);
  edit('billing/template.yaml', 'DelaySeconds: 3', 'DelaySeconds: 2');

  const executed = await gear([...words.split(' '), '--json'], {cwd: repository.folder});
  const document = JSON.parse(executed.stdout.trim().split('\n').at(-1)!) as Services;
  expect(ends(document)).toEqual({orders: 'deployed', billing: 'deployed', mailer: 'deployed', stock: 'deployed'});
  expect(outputs(document, 'billing')).toEqual({Note: 'very red, always'});
  expect(await gear(words.split(' '), {cwd: repository.folder})).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no change set waits there'),
  });
});

test('a plan is executed with outputs that come out differently', async () => {
  edit('orders/template.yaml', 'very ', 'most ');
  const planned = await deploy('--local', '--plan', '--stage', 'qa', '--json');
  const {hash} = planned.json<{plan: {hash: string}}>().plan;
  const run = await deploy('--local', '--stage', 'qa', '--approve-plan', hash, '--json');
  const document = run.json<Services>();
  expect(ends(document)).toEqual({orders: 'deployed', billing: 'deployed', mailer: 'unchanged', stock: 'unchanged'});
  expect(outputs(document, 'billing')).toEqual({Note: 'most red, always'});
  edit('orders/template.yaml', 'most ', 'very ');
});

test('what an output turns out to do beyond what was approved is refused, and said', async () => {
  edit('orders/template.yaml', 'Outputs:\n', 'Outputs:\n  Suffix: {Value: eu}\n');
  edit('billing/gear.yaml', 'orders.Colour}, always', 'orders.Suffix}');
  edit('billing/template.yaml', 'DelaySeconds: 2', 'DelaySeconds: 2, QueueName: !Ref Note');
  const place = ['--local', '--stage', 'qa'];
  const planned = await deploy(...place, '--plan', '--json');
  const plan = planned.json<{services: {service: string; status: string; atRisk: []}[]; plan: {hash: string}}>();
  expect(plan.services).toContainEqual(expect.objectContaining({service: 'billing', status: 'unknown', atRisk: []}));
  const {cloudFormation} = await clients();
  const billing = {StackName: 'billing-qa', LogicalResourceId: 'Invoices'};
  const before = (await cloudFormation.describeStackResource(billing)).StackResourceDetail;

  const run = await deploy(...place, '--approve-plan', plan.plan.hash);
  expect(run.exitCode).toBe(4);
  expect(run.stderr).toContain(
    'Error: billing would change in another way than was reviewed: Invoices is replaced\n' +
      'billing |   Try: gear deploy --stage qa --local --all --plan, and have that approved',
  );
  expect(run.stdout).toMatch(/^ {2}orders {3}deployed$/m);
  expect(run.stdout).toMatch(/^ {2}mailer {3}skipped: billing failed$/m);
  expect((await cloudFormation.describeStackResource(billing)).StackResourceDetail).toEqual(before);
  expect((await cloudFormation.listChangeSets({StackName: 'billing-qa'})).Summaries).toEqual([]);
  edit('billing/gear.yaml', 'orders.Suffix}', 'orders.Colour}, always');
  edit('billing/template.yaml', ', QueueName: !Ref Note', '');
  edit('orders/template.yaml', '  Suffix: {Value: eu}\n', '');
});

test('outside the embedded AWS all is asked for first, and without a terminal nothing runs', async () => {
  const {stdout} = await gear(['local', 'env', '--json'], {cwd: repository.folder});
  const before = await stacks();
  const run = await gear(['deploy', '--all', '--stage', 'dev'], {cwd: repository.folder, env: JSON.parse(stdout)});
  expect(run).toMatchObject({exitCode: 4, stderr: expect.stringContaining('there is no terminal to ask on')});
  expect(run.stderr).toMatch(/^stock {3}\| {3}Add/m);
  edit('stock/template.yaml', 'Items:', 'Goods:');
  const lossy = await gear(['deploy', '--all', '--yes'], {cwd: repository.folder, env: JSON.parse(stdout)});
  edit('stock/template.yaml', 'Goods:', 'Items:');
  expect(lossy).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('Error: Data is at risk, and nobody allowed it: stock.Items'),
  });
  expect(await stacks()).toEqual(before);
});

test('a stage has stacks and parameters of its own, deployed alone as well', async () => {
  const cwd = repository.folder;
  const early = await gear(['deploy', 'billing', '--local', '--stage', 'dev'], {cwd});
  expect(early).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('output Colour of orders, which is not deployed'),
  });
  expect(await gear(['deploy', 'orders', '--local', '--stage', 'prod'], {cwd})).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('orders/gear.yaml:2: there is no stage prod; it lists dev, qa'),
  });
  expect(await gear(['deploy', 'orders', '--local', '--stage', 'dev'], {cwd})).toMatchObject({exitCode: 0});
  const billing = await gear(['deploy', 'billing', '--local', '--stage', 'dev', '--json'], {cwd});
  expect(billing.json()).toMatchObject({stack: 'billing-dev', outputs: {Note: 'very blue, always'}});
});

test('only what has changed since a commit is deployed, and who takes its outputs', async () => {
  git('add', '-A');
  git('commit', '-qm', 'Deploy four services');
  git('checkout', '-qb', 'topic');
  expect(await deploy('--local', '--changed-since', 'main')).toMatchObject({
    exitCode: 0,
    stdout: 'No service has changed since main: nothing was deployed',
  });
  repository.write('orders/README.md', 'Colourful.\n');
  const run = await deploy('--local', '--changed-since', 'main', '--json');
  expect(ends(run.json())).toEqual({orders: 'unchanged', billing: 'deployed'});
  expect(await deploy('--local', '--changed-since', 'origin/nobody')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('git finds no commit that origin/nobody and this branch have in common'),
  });
});

test('nothing is destroyed before somebody has confirmed all of it', async () => {
  const before = await stacks();
  const unasked = await destroy('--local', '--stage', 'qa');
  expect(unasked).toMatchObject({exitCode: 4, stdout: ''});
  expect(unasked.stderr).toContain('\n  orders   after billing\n');
  expect(unasked.stderr).toMatch(/^billing \| {3}Invoices {2}AWS::SQS::Queue/m);
  expect(unasked.stderr).toContain(
    'Destroying all 4 services of qa cannot be undone; without a terminal it needs --yes',
  );
  expect(unasked.stderr).toContain('Try: gear destroy --stage qa --local --all --yes');
  const stageless = await destroy('--local', '--yes');
  expect(stageless).toMatchObject({exitCode: 4, stdout: ''});
  expect(stageless.stderr).toBe(
    'Error: orders has the stages dev, qa: without --stage it would be the stacks stock, mailer, billing, orders, and somebody has to confirm that on a terminal\n  Try: gear destroy --local --all --yes --stage dev\n  Try: gear destroy --local --all --dry-run',
  );
  const dry = await destroy('--local', '--stage', 'dev', '--dry-run', '--json');
  // Of stock a change set waits there, which nobody approved.
  expect(ends(dry.json())).toEqual({mailer: 'absent', stock: 'planned', billing: 'planned', orders: 'planned'});
  expect(await stacks()).toEqual(before);
});

test('what a service needs that cannot be deleted is left standing, and a second run deletes it', async () => {
  const {cloudFormation, iam} = await clients();
  const TemplateBody = `Resources:
  Held:
    Type: AWS::IAM::Role
    Properties:
      RoleName: held-dev
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
Outputs:
  Alarms: {Value: !ImportValue orders-dev-alarms}
`;
  await cloudFormation.createStack({StackName: 'mailer-dev', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM']});
  while ((await stacks()).includes('mailer-dev CREATE_IN_PROGRESS'));
  const policy = {RoleName: 'held-dev', PolicyName: 'more'};
  const PolicyDocument = JSON.stringify({Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}]});
  await iam.putRolePolicy({...policy, PolicyDocument});

  const failed = await destroy('--local', '--stage', 'dev', '--yes');
  expect(failed).toMatchObject({exitCode: 2, stdout: expect.stringMatching(/^Deleted 1 of 4 services in /)});
  expect(failed.stdout).toMatch(/^ {2}mailer {3}failed: The stack mailer-dev ended in DELETE_FAILED: Held/m);
  expect(failed.stdout).toMatch(/^ {2}orders {3}left standing: mailer could not be deleted$/m);
  expect(failed.stdout).toMatch(/^ {2}stock {4}deleted$/m);
  expect(failed.stderr).toMatch(/^mailer {2}\| {3}Try: gear destroy --local --stack mailer-dev, once the cause/m);
  expect(await stacks()).toContain('orders-dev CREATE_COMPLETE');

  await iam.deleteRolePolicy(policy);
  const destroyed = await destroy('--local', '--stage', 'dev', '--yes');
  expect(destroyed).toMatchObject({exitCode: 0, stdout: expect.stringMatching(/^Deleted 3 services in /)});
  const lines = destroyed.stderr.split('\n');
  const at = (line: string) => lines.findIndex(each => each.startsWith(line));
  expect(at('mailer  |   DELETE_COMPLETE  Held')).toBeLessThan(at('billing | Deleting'));
  expect(at('billing |   DELETE_COMPLETE')).toBeLessThan(at('orders  | Deleting'));
  expect(destroyed.stdout).toMatch(/^ {2}stock {4}not deployed$/m);
  expect((await stacks()).filter(stack => stack.includes('-dev'))).toEqual([]);
  expect(await destroy('--local', '--stage', 'dev', '--yes')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^None of 4 services is deployed here: nothing to delete\n/),
  });
});
