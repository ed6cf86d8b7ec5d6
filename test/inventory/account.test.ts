import {describe, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {GearError} from '../../src/errors.ts';
import type {AccountCalls} from '../../src/inventory/account/account-calls.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {quietCalls} from './quiet-calls.ts';

const account = '111122223333';
const region = 'eu-central-1';
const arnOf = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
const functionArn = (name: string) => arnOf('lambda', `function:${name}`);
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

const trust = (principal: object) =>
  encoded({Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole'}]});
const allow = (Action: string, Resource: string) =>
  encoded({Version: '2012-10-17', Statement: [{Effect: 'Allow', Action, Resource}]});

function encoded(document: object): string {
  return encodeURIComponent(JSON.stringify(document));
}

/** An account with one function of each kind; a test changes the call it is about. */
function calls(changed: Partial<AccountCalls> = {}): AccountCalls {
  return {
    ...quietCalls,
    functions: async () => [
      {
        FunctionName: 'ingest',
        FunctionArn: functionArn('ingest'),
        Role: roleArn('ingest'),
        Runtime: 'nodejs24.x',
        Timeout: 10,
        CodeSize: 1000,
      },
      {
        FunctionName: 'notify',
        FunctionArn: functionArn('notify'),
        Role: roleArn('notify'),
        Runtime: 'nodejs24.x',
        CodeSize: 1000,
      },
    ],
    functionPackage: async () => ({files: [{path: 'index.mjs', bytes: 3000, compressedBytes: 1000}]}),
    layerPackage: async () => ({files: [{path: 'python/requests/api.py', bytes: 500, compressedBytes: 100}]}),
    rolesAndPolicies: async () => ({
      roles: [
        {
          RoleName: 'ingest',
          Arn: roleArn('ingest'),
          AssumeRolePolicyDocument: trust({Service: 'lambda.amazonaws.com'}),
          RolePolicyList: [{PolicyName: 'ingest', PolicyDocument: allow('sqs:SendMessage', '*')}],
          AttachedManagedPolicies: [{PolicyName: 'shared', PolicyArn: `arn:aws:iam::${account}:policy/shared`}],
        },
        {
          RoleName: 'notify',
          Arn: roleArn('notify'),
          AssumeRolePolicyDocument: trust({Service: 'lambda.amazonaws.com'}),
          AttachedManagedPolicies: [
            {PolicyName: 'shared', PolicyArn: `arn:aws:iam::${account}:policy/shared`},
            {PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'},
          ],
        },
        {RoleName: 'people', Arn: roleArn('people'), AssumeRolePolicyDocument: trust({AWS: '*'})},
      ],
      policies: [
        {
          PolicyName: 'shared',
          Arn: `arn:aws:iam::${account}:policy/shared`,
          PolicyVersionList: [
            {VersionId: 'v1', Document: allow('*', '*'), IsDefaultVersion: false},
            {VersionId: 'v2', Document: allow('s3:*', 'arn:aws:s3:::receipts/*'), IsDefaultVersion: true},
          ],
        },
      ],
    }),
    eventSourceMappings: async () => [
      {
        UUID: 'mapping',
        FunctionArn: `${functionArn('ingest')}:live`,
        EventSourceArn: arnOf('sqs', 'orders'),
        BatchSize: 10,
      },
    ],
    functionPolicy: async name =>
      name === 'notify'
        ? JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: {Service: 'sns.amazonaws.com'},
                Action: 'lambda:InvokeFunction',
                Resource: functionArn('notify'),
              },
            ],
          })
        : undefined,
    queueAttributes: async () => ({VisibilityTimeout: '60'}),
    logGroups: async () => [
      {logGroupName: '/aws/lambda/ingest', logGroupArn: arnOf('logs', 'log-group:/aws/lambda/ingest')},
    ],
    alarms: async () => [
      {
        AlarmName: 'a',
        AlarmArn: arnOf('cloudwatch', 'alarm:a'),
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{Name: 'FunctionName', Value: 'ingest'}],
      },
    ],
    ...changed,
  };
}

async function auditOf(changed: Partial<AccountCalls> = {}) {
  const inventory = await readAccountInventory(calls(changed), {account, region});
  return audit(inventory, rules, {today: '2026-11-21'});
}

test('the same rules find in an account what they find in a template', async () => {
  const {findings, notChecked, functions} = await auditOf();
  expect(functions).toBe(2);
  expect(findings.map(({rule, resource, function: fn}) => `${rule} ${resource} ${fn}`).sort()).toEqual([
    'hygiene/x86-architecture ingest ingest',
    'hygiene/x86-architecture notify notify',
    'iam/managed-full-access notify notify',
    'iam/missing-permission ingest ingest',
    'iam/missing-permission ingest ingest',
    'iam/open-invoke-permission notify null',
    'iam/wildcard-action arn:aws:iam::111122223333:policy/shared null',
    'iam/wildcard-resource ingest ingest',
    'observability/alarm-without-action a null',
    'observability/logs-kept-forever /aws/lambda/ingest ingest',
    'observability/no-error-alarm notify notify',
    'observability/no-throttle-alarm ingest ingest',
    'resilience/no-failure-destination notify notify',
    'resilience/no-partial-batch-response mapping ingest',
    'resilience/queue-without-redrive orders ingest',
    'resilience/timeout-not-chosen notify notify',
  ]);
  expect(findings.find(({rule}) => rule === 'iam/wildcard-resource')).toMatchObject({
    origin: {arn: roleArn('ingest'), region},
    evidence: {action: 'sqs:SendMessage', resource: '*'},
  });
  expect(notChecked).toEqual([]);
});

test('a destination, a reason in a tag and a dead-letter queue of another sender are seen', async () => {
  const {findings} = await auditOf({
    functions: async () => [
      {
        FunctionName: 'notify',
        FunctionArn: functionArn('notify'),
        Role: roleArn('people'),
        Runtime: 'nodejs24.x',
        VpcConfig: {VpcId: 'vpc-a', SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-a']},
      },
    ],
    functionsTagged: async () => new Map([[functionArn('notify'), 'the orders database']]),
    onFailureDestination: async () => arnOf('sqs', 'failed'),
    queueAttributes: async () => ({VisibilityTimeout: '60', RedriveAllowPolicy: '{"redrivePermission":"byQueue"}'}),
  });
  expect(findings.map(({rule}) => rule)).not.toContain('resilience/no-failure-destination');
  expect(findings.map(({rule}) => rule)).not.toContain('resilience/queue-without-redrive');
  expect(findings.map(({rule}) => rule)).not.toContain('vpc/without-reason');
  expect(findings.map(({rule}) => rule)).toContain('iam/open-trust');
});

test('a queue that takes what other queues give up needs no dead-letter queue, whether those were read or not', async () => {
  const {findings} = await auditOf({hasDeadLetterSources: async () => true});
  expect(findings.map(({rule}) => rule)).not.toContain('resilience/queue-without-redrive');
});

describe('a function that a role of EventBridge Scheduler names', () => {
  const scheduled = async () => ({
    roles: [
      {
        RoleName: 'schedule',
        Arn: roleArn('schedule'),
        AssumeRolePolicyDocument: trust({Service: 'scheduler.amazonaws.com'}),
        RolePolicyList: [
          {PolicyName: 'ingest', PolicyDocument: allow('lambda:InvokeFunction', `${functionArn('ingest')}:live`)},
        ],
      },
    ],
    policies: [],
  });
  const ping = {arn: `${functionArn('ingest')}:live`, input: '{"gear": "keep-warm"}'};
  const work = {arn: functionArn('ingest'), input: '{"day": "<aws.scheduler.scheduled-time>"}'};
  const ofAnother = {arn: functionArn('notify'), input: '{}'};

  test.each([
    ['is only pinged when its schedules send nothing else', [ping, ofAnother], 'coldstart/keep-warm-ping'],
    ['loses events when one of its schedules sends work', [ping, work], 'resilience/no-failure-destination'],
    ['loses events when its schedules are not there to be read', [ofAnother], 'resilience/no-failure-destination'],
  ])('%s', async (_, targets, expected) => {
    const {findings} = await auditOf({rolesAndPolicies: scheduled, scheduledTargets: async () => targets});
    const triggered = /^(coldstart\/keep-warm-ping|resilience\/no-failure-destination)$/;
    const found = findings.filter(({rule, function: fn}) => fn === 'ingest' && triggered.test(rule));
    expect(found.map(({rule}) => rule)).toEqual([expected]);
  });

  test('is not passed when AWS does not let the schedules be read', async () => {
    const {notChecked} = await auditOf({
      rolesAndPolicies: scheduled,
      scheduledTargets: async () => {
        throw new GearError('Could not read the schedules: AccessDenied', {code: 'AWS_ERROR'});
      },
    });
    const ofResilience = notChecked.filter(({rule}) => rule.startsWith('resilience/'));
    expect(ofResilience).toMatchObject([{rule: 'resilience/*', resource: 'the schedules'}]);
  });
});

test('a function URL is a caller that waits, by the resource policy that opens it', async () => {
  const {findings} = await auditOf({
    functions: async () => [
      {
        FunctionName: 'answer',
        FunctionArn: functionArn('answer'),
        Role: roleArn('answer'),
        Runtime: 'java21',
        MemorySize: 128,
        CodeSize: 1000,
      },
    ],
    functionPolicy: async () =>
      JSON.stringify({
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'lambda:InvokeFunctionUrl',
            Resource: functionArn('answer'),
            Condition: {StringEquals: {'lambda:FunctionUrlAuthType': 'NONE'}},
          },
        ],
      }),
  });
  expect(findings.find(({rule}) => rule === 'coldstart/cold-start-risk')?.evidence.reasons).toContain(
    'a caller waits for it',
  );
});

test('only functions that have a metric of provisioned concurrency are asked for it', async () => {
  const asked: string[] = [];
  const java = (FunctionName: string) => ({
    FunctionName,
    FunctionArn: functionArn(FunctionName),
    Role: roleArn('ingest'),
    Runtime: 'java21' as const,
    CodeSize: 40_000_000,
  });
  const {findings} = await auditOf({
    functions: async () => [java('answer'), java('lookup'), java('search')],
    // One was deleted since, and one has had its configuration taken away.
    functionsProvisioned: async () => ['answer', 'deleted', 'lookup'],
    hasProvisionedConcurrency: async name => {
      asked.push(name);
      return name === 'answer';
    },
    functionPolicy: async () =>
      JSON.stringify({Statement: [{Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunctionUrl'}]}),
  });
  expect(asked).toEqual(['answer', 'lookup']);
  const risky = findings.filter(({rule}) => rule === 'coldstart/cold-start-risk').map(finding => finding.function);
  expect(risky).toEqual(['lookup', 'search']);
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'coldstart/bypassed-version',
      message: 'answer has provisioned concurrency, and its URL invokes $LATEST',
    }),
  );
});

describe('a call that fails is not checked, and never a pass', () => {
  const denied = async () => {
    throw new GearError('Could not do it: AccessDenied', {code: 'AWS_ERROR'});
  };

  test.each([
    ['rolesAndPolicies', 'iam/*', ['iam/wildcard-resource']],
    ['eventSourceMappings', 'resilience/*', ['resilience/queue-without-redrive']],
    ['functionPolicy', 'resilience/*', ['resilience/no-failure-destination']],
    ['queueAttributes', 'resilience/*', ['resilience/queue-without-redrive']],
    ['hasDeadLetterSources', 'resilience/*', ['resilience/queue-without-redrive']],
    ['logGroups', 'observability/*', ['observability/logs-kept-forever']],
    ['alarms', 'observability/*', ['observability/no-error-alarm']],
  ] as const)('%s', async (call, rule, silenced) => {
    const {findings, notChecked} = await auditOf({[call]: denied});
    expect(notChecked.filter(entry => entry.rule === rule)).not.toEqual([]);
    expect(notChecked.map(({reason}) => reason).join()).toContain('AccessDenied');
    for (const id of silenced) expect(findings.map(finding => finding.rule)).not.toContain(id);
    expect(findings).not.toEqual([]);
  });

  test('onFailureDestination: a failure there is no destination, and no finding either', async () => {
    const {findings, notChecked} = await auditOf({onFailureDestination: denied});
    expect(findings.map(({rule}) => rule)).not.toContain('resilience/no-failure-destination');
    expect(notChecked).toMatchObject([{rule: 'resilience/*', resource: 'notify'}]);
  });

  test('functionsTagged: a function in a VPC may have its reason', async () => {
    const functions = async () => [
      {
        FunctionName: 'ingest',
        FunctionArn: functionArn('ingest'),
        VpcConfig: {VpcId: 'vpc-a', SubnetIds: ['subnet-a']},
      },
    ];
    const {findings, notChecked} = await auditOf({functions, functionsTagged: denied});
    expect(findings.map(({rule}) => rule)).not.toContain('vpc/without-reason');
    expect(notChecked).toContainEqual(
      expect.objectContaining({rule: 'vpc/without-reason', resource: 'the tags of functions'}),
    );
    expect((await auditOf({functions})).findings.map(({rule}) => rule)).toContain('vpc/without-reason');
  });

  test.each([
    ['functionsProvisioned', 'the provisioned concurrency'],
    ['hasProvisionedConcurrency', 'ingest'],
  ])('%s: the rules of cold starts were not checked', async (call, resource) => {
    const {notChecked} = await auditOf({functionsProvisioned: async () => ['ingest'], [call]: denied});
    expect(notChecked).toMatchObject([{rule: 'coldstart/*', resource}]);
  });

  test('functions: there is nothing to audit, and AWS says why', async () => {
    await expect(auditOf({functions: denied})).rejects.toThrow('AccessDenied');
  });

  test('a policy that cannot be read is not checked', async () => {
    const {notChecked} = await auditOf({
      rolesAndPolicies: async () => ({
        roles: [
          {
            RoleName: 'ingest',
            Arn: roleArn('ingest'),
            AssumeRolePolicyDocument: trust({Service: 'lambda.amazonaws.com'}),
            RolePolicyList: [{PolicyName: 'odd', PolicyDocument: '%7B'}],
          },
        ],
        policies: [],
      }),
    });
    expect(notChecked).toMatchObject([
      {rule: 'iam/*', resource: 'ingest', reason: expect.stringContaining('cannot be read')},
    ]);
  });

  test('a resource policy that cannot be read leaves its function’s triggers unchecked, and the rest goes on', async () => {
    const {findings, notChecked} = await auditOf({functionPolicy: async () => '{"Statement": 7}'});
    expect(notChecked.map(({rule}) => rule)).toContain('resilience/*');
    expect(findings).not.toEqual([]);
  });

  test('an error that is no answer of AWS is a bug, and comes through', async () => {
    const broken = async () => {
      throw new TypeError('undefined is not a function');
    };
    await expect(auditOf({alarms: broken})).rejects.toThrow(TypeError);
  });
});

describe('an alarm without an action', () => {
  const alarm = (dimensions: Record<string, string>, more: object = {}) => ({
    AlarmName: 'orders',
    AlarmArn: arnOf('cloudwatch', 'alarm:orders'),
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({Name, Value})),
    ...more,
  });
  const own = alarm({FunctionName: 'ingest'});

  test.each<[string, ReturnType<typeof alarm>, readonly string[], number]>([
    ['is found', own, [], 1],
    [
      'is found when its actions are switched off',
      {...own, AlarmActions: ['arn'], ActionsEnabled: false} as never,
      [],
      1,
    ],
    ['is not found with an action', {...own, OKActions: ['arn']} as never, [], 0],
    ['is found beside a composite alarm that goes by others', own, ['ALARM("orders-2")'], 1],
    ['is not found when a composite alarm goes by its name', own, ['ALARM(x) OR ALARM("orders")'], 0],
    ['is not found when a composite alarm goes by its ARN', own, [`ALARM(${arnOf('cloudwatch', 'alarm:orders')})`], 0],
    ['is not found on an alias, by which a deployment may go', alarm({Resource: 'ingest:live'}), [], 0],
    ['is not found on anything else', alarm({InstanceId: 'i-1'}, {Namespace: 'AWS/EC2'}), [], 0],
  ])('%s', async (_, of, rulesOfOthers, count) => {
    const {findings} = await auditOf({alarms: async () => [of], compositeAlarmRules: async () => rulesOfOthers});
    expect(findings.filter(({rule}) => rule === 'observability/alarm-without-action')).toHaveLength(count);
  });

  test('is not passed when the composite alarms cannot be read', async () => {
    const {findings, notChecked} = await auditOf({
      compositeAlarmRules: async () => {
        throw new GearError('Could not list the composite alarms: AccessDenied', {code: 'AWS_ERROR'});
      },
    });
    expect(findings.map(({rule}) => rule)).not.toContain('observability/alarm-without-action');
    expect(notChecked).toMatchObject([{rule: 'observability/alarm-without-action'}]);
  });
});

describe('a role for Lambda that no function has', () => {
  const date = (day: string) => new Date(`${day}T08:00:00Z`);
  test.each([
    ['was never used', '2026-01-01', {}, 'was never used'],
    ['was used long ago', '2025-01-01', {LastUsedDate: date('2026-08-01')}, 'was last used on 2026-08-01'],
    ['is new', '2026-11-01', {}, undefined],
    ['was used lately', '2025-01-01', {LastUsedDate: date('2026-11-01')}, undefined],
    ['says nothing of its use', '2025-01-01', undefined, undefined],
  ])('is a finding or none when it %s', async (_, created, used, expected) => {
    const {findings} = await auditOf({
      rolesAndPolicies: async () => ({
        roles: [
          {
            RoleName: 'import',
            Arn: roleArn('import'),
            AssumeRolePolicyDocument: trust({Service: 'lambda.amazonaws.com'}),
            CreateDate: date(created),
            ...(used === undefined ? {} : {RoleLastUsed: used}),
          },
        ],
        policies: [],
      }),
    });
    const [found] = findings.filter(({rule}) => rule === 'iam/unused-role');
    expect(found?.message).toBe(expected && `import ${expected}, and no function of this region has it`);
  });
});

test('the package of a function and each layer are looked into once, and only when asked', async () => {
  const asked: string[] = [];
  const [layer, other] = ['shared', 'gone'].map(name => `arn:aws:lambda:${region}:${account}:layer:${name}:1`);
  const counting = calls({
    functions: async () =>
      ['ingest', 'notify', 'broken'].map(name => ({
        FunctionName: name,
        FunctionArn: functionArn(name),
        Role: roleArn('ingest'),
        Runtime: 'python3.13',
        CodeSize: 1000,
        Layers: [{Arn: layer!}, ...(name === 'broken' ? [{Arn: other!}] : [])],
      })),
    functionPackage: async ({FunctionName: name}) => {
      asked.push(name!);
      return {files: [{path: 'app.py', bytes: 10}]};
    },
    layerPackage: async arn => {
      asked.push(arn);
      if (arn === other) throw new GearError('Could not read the layer', {code: 'AWS_ERROR'});
      return {files: [{path: 'python/requests/api.py', bytes: 500}]};
    },
  });
  await readAccountInventory(counting, {account, region});
  expect(asked).toEqual([]);
  const {functions, unread} = await readAccountInventory(counting, {account, region}, {packages: 'yes'});
  expect(asked.sort()).toEqual([other, layer, 'broken', 'ingest', 'notify']);
  expect(functions.map(({name, layerPackages}) => [name, layerPackages?.length])).toEqual([
    ['ingest', 1],
    ['notify', 1],
    ['broken', undefined],
  ]);
  expect(unread.filter(({rule}) => rule === 'size/*').map(({resource}) => resource)).toEqual([other]);
});

test('a log group that no function has any more is found, but for those of Lambda@Edge and of others', async () => {
  const group = (logGroupName: string, more = {}) => ({
    logGroupName,
    logGroupArn: arnOf('logs', `log-group:${logGroupName}`),
    ...more,
  });
  const {findings} = await auditOf({
    logGroups: async () => [
      group('/aws/lambda/ingest', {retentionInDays: 30}),
      group('/aws/lambda/gone', {storedBytes: 3_221_225_472}),
      group('/aws/lambda/forgets', {storedBytes: 12, retentionInDays: 7}),
      group('/aws/lambda/us-east-1.ingest'),
      group('/aws/codebuild/ingest'),
    ],
  });
  expect(findings.flatMap(({rule, message}) => (rule === 'hygiene/orphaned-log-group' ? [message] : []))).toEqual([
    'no function logs to /aws/lambda/forgets, which keeps 12 bytes until its lines expire',
    'no function logs to /aws/lambda/gone, which keeps 3.0 GB for ever',
  ]);
});

test.each([
  [79, []],
  [80, ['60 GB of 75 GB are taken']],
])('code storage of which %d %% is taken', async (percent, messages) => {
  const limit = 75 * 2 ** 30;
  const codeStorage = {used: (percent / 100) * limit, limit};
  const {findings} = await auditOf({accountSettings: async () => ({total: 1000, unreserved: 1000, codeStorage})});
  expect(findings.flatMap(({rule, message}) => (rule === 'size/code-storage-nearly-full' ? [message] : []))).toEqual(
    messages,
  );
});
