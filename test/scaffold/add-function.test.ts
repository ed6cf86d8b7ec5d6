import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {chooseFunctionLanguage, functionLanguages} from '../../src/scaffold/function-language.ts';
import {removeFunction} from '../../src/scaffold/remove-function.ts';
import {writeChange} from '../../src/scaffold/service-change.ts';
import {triggers} from '../../src/scaffold/triggers.ts';
import {functionTemplates} from './function-templates.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-function-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const template = () => readFileSync(join(folder, 'template.yaml'), 'utf8');
const write = (text: string) => writeFileSync(join(folder, 'template.yaml'), text);

async function add(
  name: string,
  triggerName: string,
  {source, language}: {source?: string; language?: string | undefined} = {},
): Promise<readonly string[]> {
  const trigger = triggers.find(candidate => candidate.name === triggerName)!;
  const chosen = language === undefined ? undefined : chooseFunctionLanguage(language);
  const change = await addFunction(readProject(folder), {name, trigger, source, language: chosen});
  await writeChange(folder, change);
  return change.files.map(({path}) => path);
}

async function remove(name: string, force = false): Promise<readonly string[]> {
  const change = await removeFunction(readProject(folder), name, {force});
  await writeChange(folder, change);
  return change.notes;
}

interface Listed {
  readonly Type: string;
  readonly Properties: {readonly DashboardBody?: {readonly 'Fn::Sub': string}};
}

const cases = Object.entries(functionTemplates).flatMap(([kind, text]) =>
  triggers.flatMap(({name}) =>
    (kind === 'the ingestion service' ? ['typescript', 'python'] : ['typescript']).map(language => ({
      ...{kind, text, trigger: name},
      language,
    })),
  ),
);

describe.each(cases)('a function in $language with the trigger $trigger, in $kind', ({text, trigger, language}) => {
  it('adds lines and changes none, and goes without a trace', async () => {
    write(text);
    await add('notify-buyer', trigger, {language});
    const edited = template();
    expect(withoutLines(text.split('\n'), edited.split('\n'))).toEqual([]);
    const {body} = parseTemplate(edited, 't.yaml');
    // The dashboard is told of the new alarms.
    const {Dashboard: _, ...others} = parseTemplate(text, 't.yaml').body.Resources as Record<string, unknown>;
    expect(body.Resources).toMatchObject({
      ...others,
      NotifyBuyerFunction: {Metadata: {Gear: {Trigger: trigger}}},
    });
    await remove('notify-buyer');
    expect(template()).toBe(text);
    expect(readdirSync(folder)).toEqual(
      ['events', 'src', 'template.yaml'].filter(name => existsSync(join(folder, name))),
    );
    expect(existsSync(join(folder, 'events', 'notify-buyer.json'))).toBe(false);
  });
});

const written = functionLanguages.flatMap(language => triggers.map(({name: trigger}) => ({language, trigger})));

describe.each(written)('a function in $language.name with the trigger $trigger', ({language, trigger}) => {
  it('is found without fault by the audit', async () => {
    write(functionTemplates['the ingestion service']!);
    await add('notify', trigger, {language: language.name});
    const audited = await auditTemplates([join(folder, 'template.yaml')], rules, {parameters: {}, today: '2026-11-21'});
    expect(audited).toMatchObject({result: {findings: []}, failures: []});
  });

  it('is added once', async () => {
    write(functionTemplates['the ingestion service']!);
    expect(await add('notify', trigger, {language: language.name})).toContain(language.entry('notify'));
    const first = template();
    expect(await add('notify', trigger)).toEqual([]);
    expect(await add('notify', trigger, {language: language.name})).toEqual([]);
    expect(template()).toBe(first);
  });

  it('leaves no placeholder behind', async () => {
    write(functionTemplates['the ingestion service']!);
    for (const file of await add('notify-buyer', trigger, {language: language.name}))
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/gear[-_]?name/i);
  });
});

describe('the language of a function', () => {
  const runtimes = (...names: readonly string[]) =>
    `Resources:\n${names.map((name, index) => `  A${index}:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: ${name}}\n`).join('')}  Q: {Type: AWS::SQS::Queue}\n`;

  it.each([
    [[], 'typescript'],
    [['python3.12', 'nodejs22.x', 'python3.13'], 'python'],
    [['python3.12', 'nodejs22.x'], 'typescript'],
    [['java21'], 'typescript'],
  ])('beside functions of %j is %s', async (names, language) => {
    write(runtimes(...names));
    expect(await add('notify', 'none')).toContain(chooseFunctionLanguage(language).entry('notify'));
  });

  it('is that of a SAM template, which says it once for all', async () => {
    write(`Globals: {Function: {Runtime: python3.13}}\nResources:\n  A:\n    Type: AWS::Serverless::Function\n`);
    expect(await add('notify', 'none')).toContain('src/notify/handler.py');
  });

  it('cannot change afterwards', async () => {
    write(runtimes('python3.13'));
    await add('notify', 'none');
    await expect(add('notify', 'none', {language: 'typescript'})).rejects.toThrow('NotifyLogs is there already');
  });
});

describe('a function in Python', () => {
  it('is a package whose name Python can import', async () => {
    write(functionTemplates['one resource and no more']!);
    expect(await add('notify-buyer', 'none', {language: 'python'})).toEqual([
      'template.yaml',
      'events/notify-buyer.json',
      'src/notify_buyer/handler.py',
      'tests/test_notify_buyer.py',
      'src/notify_buyer/__init__.py',
      'tests/__init__.py',
    ]);
    expect(template()).toMatch(
      /Entry: src\/notify_buyer\/handler.py\n(.*\n){3} *Handler: notify_buyer.handler.handler\n *Runtime: python3.13\n/,
    );
  });

  it.each([
    ['queue', "it would take the place of Python's own module"],
    ['import', 'it is a word of the language'],
    ['boto3', "it would take the place of a package of Lambda's runtime"],
    ['lib', 'the service has a folder of that name for something else'],
  ])('is not called %s', async (name, why) => {
    write(functionTemplates['one resource and no more']!);
    await expect(add(name, 'none', {language: 'python'})).rejects.toThrow(why);
    expect(readdirSync(folder)).toEqual(['template.yaml']);
  });

  it('leaves packages that others are in', async () => {
    write(functionTemplates['one resource and no more']!);
    await add('notify', 'none', {language: 'python'});
    await add('inform', 'none', {language: 'python'});
    writeFileSync(join(folder, 'src/notify/mail.py'), 'mine');
    mkdirSync(join(folder, 'src/inform/__pycache__'));
    await remove('notify');
    expect([readdirSync(join(folder, 'src/notify')), readdirSync(join(folder, 'tests'))]).toEqual([
      ['__init__.py', 'mail.py'],
      ['__init__.py', 'test_inform.py'],
    ]);
    await remove('inform');
    expect([readdirSync(join(folder, 'src')), existsSync(join(folder, 'tests'))]).toEqual([['notify'], false]);
  });

  it('says what its tests need that no list has', async () => {
    write(functionTemplates['one resource and no more']!);
    const trigger = triggers.find(({name}) => name === 'bucket')!;
    const wanted = {name: 'notify', trigger, language: chooseFunctionLanguage('python')};
    const note = expect.stringContaining('Its handler imports boto3');
    expect((await addFunction(readProject(folder), wanted)).notes).toContainEqual(note);
    writeFileSync(join(folder, 'requirements.txt'), 'boto3==1.43.11\n');
    expect((await addFunction(readProject(folder), wanted)).notes).not.toContainEqual(note);
  });
});

it('says that the function has no alias where the others have', async () => {
  const trigger = triggers.find(({name}) => name === 'none')!;
  const wanted = {name: 'notify', trigger};
  const note = expect.stringContaining('NotifyFunction has no alias');
  write('Resources:\n  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {}}\n');
  expect((await addFunction(readProject(folder), wanted)).notes).toContainEqual(note);
  write('Resources:\n  Inbox: {Type: AWS::SQS::Queue}\n');
  expect((await addFunction(readProject(folder), wanted)).notes).not.toContainEqual(note);
});

describe('a function in the style of its template', () => {
  it('is indented as its neighbours are, with the alarm topic that the template has', async () => {
    write(functionTemplates['four spaces, lists below their keys, comments everywhere']!);
    await add('notify', 'queue', {source: 'OrderQueue'});
    expect(template()).toContain(`        #     VisibilityTimeout: 30

    # the end of the resources

    # notify: takes messages from a queue.
    NotifyLogs:
        Type: AWS::Logs::LogGroup
`);
    expect(template()).toMatch(
      /^( *)Statement:\n\1# Its log; .*\n\1- Sid: Logs\n\1 {2}Effect: Allow\n\1 {2}Action:\n\1 {2}- logs:CreateLogStream$/m,
    );
    expect(template()).toContain('AlarmActions: !If [HasAlarmTopic');
    expect(template()).not.toContain('PermissionsBoundary');
  });
});

describe('--source', () => {
  const orders = `Resources:
  OrderQueue:
    Type: AWS::SQS::Queue
  OrderTable:
    Type: AWS::DynamoDB::Table
    Properties:
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  QuietTable:
    Type: AWS::DynamoDB::Table
  OrderTopic:
    Type: AWS::SNS::Topic
  OrderApi:
    Type: AWS::ApiGatewayV2::Api
  OrderStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref OrderApi, StageName: live}
`;

  it.each([
    ['queue', 'OrderQueue', /Timeout: 5\n/],
    ['stream', 'OrderTable', /EventSourceArn: !GetAtt OrderTable.StreamArn\n/],
    ['topic', 'OrderTopic', /SourceArn: !Ref OrderTopic\n/],
    ['http', 'OrderApi', /\$\{OrderApi\}\/live\/POST\/notify\n/],
  ])('attaches a function with the trigger %s to %s, which stays when the function goes', async (trigger, id, text) => {
    write(orders);
    await add('notify', trigger, {source: id});
    expect(template()).toMatch(text);
    expect(template()).not.toMatch(/Notify(Queue|Table|Topic|Api):/);
    expect(await add('notify', trigger, {source: id})).toEqual([]);
    await remove('notify');
    expect(template()).toBe(orders);
  });

  it.each([
    ['queue', 'Missing', 'has no resource Missing'],
    ['queue', 'OrderTopic', ':10: OrderTopic is AWS::SNS::Topic, and not AWS::SQS::Queue'],
    ['stream', 'QuietTable', 'QuietTable has no stream'],
    ['schedule', 'OrderQueue', 'comes with its own source'],
  ])('refuses for the trigger %s %s, which does not fit', async (trigger, id, message) => {
    write(orders);
    await expect(add('notify', trigger, {source: id})).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(['template.yaml']);
  });

  it('refuses a queue that feeds a function already by an event of SAM', async () => {
    const sam = `Transform: AWS::Serverless-2016-10-31
Resources:
  OrderQueue:
    Type: AWS::SQS::Queue
  OtherQueue:
    Type: AWS::SQS::Queue
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Orders:
          Type: SQS
          Properties:
            Queue: !GetAtt OrderQueue.Arn
        Other:
          Type: Schedule
`;
    write(sam);
    await expect(add('notify', 'queue', {source: 'OrderQueue'})).rejects.toThrow(
      'template.yaml:3: OrderQueue feeds Ship already',
    );
    expect(await add('notify', 'queue', {source: 'OtherQueue'})).toContain('template.yaml');
  });

  it('refuses a queue that feeds a function already', async () => {
    write(orders);
    await add('notify', 'queue', {source: 'OrderQueue'});
    await expect(add('inform', 'queue', {source: 'OrderQueue'})).rejects.toThrow(
      'OrderQueue feeds NotifyFunction already',
    );
  });
});

describe('--source with a bucket', () => {
  const named = `Resources:
  Inbox:   # where orders arrive
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub orders-\${AWS::AccountId}   # kept

  Other:
    Type: AWS::SQS::Queue
`;
  const buckets: Readonly<Record<string, string>> = {
    'a name': named,
    'no properties': 'Resources:\n  Inbox:\n    Type: AWS::S3::Bucket',
    'line breaks of Windows': named.replaceAll('\n', '\r\n'),
    'four spaces and flush lists': `Resources:
    Inbox:
        Type: AWS::S3::Bucket
        DependsOn:
        - Other
        Properties:
            NotificationConfiguration:
                QueueConfigurations:
                -   Event: s3:ObjectRemoved:*
                    Queue: !GetAtt Other.Arn
            BucketName: !Ref Name
        # the end of the bucket
    Other:
        Type: AWS::SQS::Queue
`,
    'notifications of another kind': named.replace(
      '      BucketName',
      '      NotificationConfiguration:\n        EventBridgeConfiguration:\n          EventBridgeEnabled: true\n      BucketName',
    ),
  };

  it.each(Object.entries(buckets))(
    'splices the notification into one with %s, and takes it out again',
    async (_, text) => {
      write(text);
      await add('notify', 'bucket', {source: 'Inbox'});
      const edited = template();
      expect(withoutLines(text.split(/\r?\n/), edited.split(/\r?\n/))).toEqual([]);
      const {Resources} = parseTemplate(edited, 't.yaml').body as {Resources: Record<string, Record<string, unknown>>};
      expect(Resources.Inbox).toMatchObject({
        DependsOn: text.includes('DependsOn') ? ['Other', 'NotifyQueuePolicy'] : 'NotifyQueuePolicy',
        Properties: {
          NotificationConfiguration: {
            QueueConfigurations: expect.arrayContaining([
              {Event: 's3:ObjectCreated:*', Queue: {'Fn::GetAtt': ['NotifyQueue', 'Arn']}},
            ]),
          },
        },
      });
      expect(Resources).not.toHaveProperty('NotifyBucket');
      expect(await add('notify', 'bucket', {source: 'Inbox'})).toEqual([]);
      await remove('notify');
      expect(template()).toBe(text);
    },
  );

  it('names the bucket in the policy of the queue by its name, as the bucket waits for the policy', async () => {
    write(named);
    await add('notify', 'bucket', {source: 'Inbox'});
    expect(template()).toMatch(/aws:SourceArn: !Sub arn:\$\{AWS::Partition\}:s3:::orders-\$\{AWS::AccountId\}\n/);
    expect(template()).toMatch(/Resource: !Sub \$\{Inbox\.Arn\}\/\*\n/);
  });

  it('names the account where the bucket has no name yet, and says so', async () => {
    write(buckets['no properties']!);
    const trigger = triggers.find(({name}) => name === 'bucket')!;
    const {notes} = await addFunction(readProject(folder), {name: 'notify', trigger, source: 'Inbox'});
    expect(notes).toContainEqual(expect.stringContaining('lets any bucket of the account send'));
    await add('notify', 'bucket', {source: 'Inbox'});
    expect(template()).not.toContain('aws:SourceArn');
    expect(template()).toContain('aws:SourceAccount: !Ref AWS::AccountId');
  });

  it.each([
    ['QueueConfigurations: [{Event: "s3:ObjectCreated:Put", Queue: x}]'],
    ['LambdaConfigurations: [{Event: !Ref Event, Function: x}]'],
    ['TopicConfigurations: !If [A, [], []]'],
    ['Fn::If: [A, {}, {}]'],
  ])('refuses one with %s, for S3 takes one receiver of each event', async configuration => {
    write(
      named.replace('      BucketName', `      NotificationConfiguration:\n        ${configuration}\n      BucketName`),
    );
    await expect(add('notify', 'bucket', {source: 'Inbox'})).rejects.toThrow(
      'Inbox tells another of new objects already, and S3 takes one receiver of each event',
    );
  });

  it('refuses one that a function of SAM takes objects from', async () => {
    write(
      `${named}  Read:\n    Type: AWS::Serverless::Function\n    Properties: {Events: {New: {Type: S3, Properties: {Bucket: !Ref Inbox}}}}\n`,
    );
    await expect(add('notify', 'bucket', {source: 'Inbox'})).rejects.toThrow('tells another of new objects already');
  });

  it.each([
    ['in braces', 'Resources:\n  Inbox: {Type: AWS::S3::Bucket}\n'],
    [
      'with one dependency',
      'Resources:\n  Inbox:\n    Type: AWS::S3::Bucket\n    DependsOn: Other\n  Other: {Type: A::B::C}\n',
    ],
    ['with properties in braces', 'Resources:\n  Inbox:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: a}\n'],
    ['in JSON', '{"Resources": {"Inbox": {"Type": "AWS::S3::Bucket"}}}'],
  ])('gives the text to paste for one %s', async (kind, text) => {
    write(text);
    await expect(add('notify', 'bucket', {source: 'Inbox'})).rejects.toThrow(
      kind === 'in JSON'
        ? '"DependsOn": "NotifyQueuePolicy"'
        : '  Inbox:\n    DependsOn: NotifyQueuePolicy\n    Properties:\n',
    );
    expect([readdirSync(folder), template()]).toEqual([['template.yaml'], text]);
  });
});

describe('the permissions boundary', () => {
  const fn = (name: string, ...boundary: readonly string[]) => `  ${name}:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt ${name}Role.Arn, Runtime: python3.13}
  ${name}Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /
${boundary.map(line => `      ${line}\n`).join('')}`;

  it.each([
    [
      'PermissionsBoundary: !Sub arn:aws:iam::1:policy/Edge   # the account asks for it',
      '!Sub arn:aws:iam::1:policy/Edge',
    ],
    ['PermissionsBoundary:\n        Fn::ImportValue: Edge', '{"Fn::ImportValue":"Edge"}'],
  ])('of all other functions is the new one’s: %s', async (line, expected) => {
    write(`Resources:\n${fn('A', line)}${fn('B', line)}`);
    await add('notify', 'schedule');
    expect(
      template()
        .match(/PermissionsBoundary: .*$/gm)
        ?.slice(-2),
    ).toEqual([`PermissionsBoundary: ${expected}`, `PermissionsBoundary: ${expected}`]);
  });

  it('is that of a SAM template, which says it once for all', async () => {
    write(
      'Globals: {Function: {PermissionsBoundary: !Ref Edge}}\nResources:\n  A:\n    Type: AWS::Serverless::Function\n',
    );
    await add('notify', 'none');
    expect(template()).toContain('PermissionsBoundary: {"Ref":"Edge"}\n');
  });

  it('is not made up where one function has none', async () => {
    write(`Resources:\n${fn('A', 'PermissionsBoundary: !Ref Edge')}${fn('B')}`);
    await add('notify', 'none');
    expect(template().match(/PermissionsBoundary/g)).toHaveLength(1);
  });
});

describe('a function that cannot be added', () => {
  it.each([
    ['JSON', '{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}', '"NotifyFunction": {'],
    ['braces', 'Resources: {A: {Type: AWS::SQS::Queue}}\n', '  NotifyFunction:\n    Type: AWS::Lambda::Function'],
  ])('to %s comes with the text to paste, and nothing is written', async (_kind, text, snippet) => {
    write(text);
    await expect(add('notify', 'none')).rejects.toThrow(snippet);
    expect([readdirSync(folder), template()]).toEqual([['template.yaml'], text]);
  });

  it.each([
    ['an alias', 'Resources:\n  A: &a\n    Type: AWS::SQS::Queue\n  B: *a\n', 'no anchors and aliases'],
    ['tabs', 'Resources:\n\tA:\n\t\tType: AWS::SQS::Queue\n', 'tabs cannot indent YAML'],
  ])('because the template has %s leaves everything as it is', async (_kind, text, message) => {
    write(text);
    await expect(add('notify', 'none')).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(['template.yaml']);
  });

  it('says what has its name', async () => {
    write('Resources:\n  NotifyRole:\n    Type: AWS::IAM::Role\n');
    await expect(add('notify', 'none')).rejects.toThrow(':2: NotifyRole is there already, AWS::IAM::Role');
  });

  it('says which file is in the way', async () => {
    write(functionTemplates['one resource and no more']!);
    await add('notify', 'none');
    write(functionTemplates['one resource and no more']!);
    writeFileSync(join(folder, 'test/notify.test.ts'), 'mine');
    await expect(add('notify', 'none')).rejects.toThrow('test/notify.test.ts is there already');
  });
});

describe('removing a function', () => {
  it('keeps the files that were worked on, unless it is forced', async () => {
    write(functionTemplates['one resource and no more']!);
    await add('notify', 'queue');
    const handler = join(folder, 'src/functions/notify/handler.ts');
    writeFileSync(handler, 'mine');
    const before = template();
    expect(await remove('notify')).toEqual([expect.stringContaining('handler.ts stays: it has changed')]);
    expect([existsSync(handler), existsSync(join(folder, 'events/notify.json'))]).toEqual([true, false]);
    write(before);
    expect(await remove('notify', true)).toEqual([]);
    expect(existsSync(handler)).toBe(false);
  });

  it('is refused when something else refers to what would go, by name and line', async () => {
    write(functionTemplates['no blank lines, another section right behind']!);
    await add('notify', 'queue');
    const before = template().replace(
      'Metadata:\n  Team',
      'Outputs:\n  Where:\n    Value: !GetAtt NotifyQueue.Arn\nMetadata:\n  Team',
    );
    write(before);
    await expect(remove('notify')).rejects.toThrow(/template\.yaml:\d+: the output Where refers to NotifyQueue$/m);
    expect(template()).toBe(before);
  });

  it('takes what hangs on a function that came with its service, and leaves its queue', async () => {
    write(functionTemplates['the ingestion service']!.replace(/ {2}RedriveFunctionName:\n.*\n?/, ''));
    expect(await remove('redrive')).toEqual([expect.stringContaining('src/functions/redrive/handler.ts')]);
    const {Resources} = parseTemplate(template(), 't.yaml').body;
    expect(Object.keys(Resources as object).filter(id => /Redrive/.test(id))).toEqual([]);
    expect(Resources).toHaveProperty('DeadLetterQueue');
  });

  it('keeps the list of alarms on the dashboard complete, and a list', async () => {
    write(functionTemplates['the ingestion service']!.replace(/ {2}RedriveFunctionName:\n.*\n?/, ''));
    const listed = () => {
      const {Resources} = parseTemplate(template(), 't.yaml').body as {Resources: Record<string, Listed>};
      const {widgets} = JSON.parse(Resources.Dashboard!.Properties.DashboardBody!['Fn::Sub']);
      const alarms = Object.keys(Resources).filter(id => Resources[id]!.Type === 'AWS::CloudWatch::Alarm');
      return {
        shown: widgets[0].properties.alarms.toSorted(),
        present: alarms.map(id => `\${${id}.Arn}`).toSorted(),
      };
    };
    await add('notify', 'queue');
    await remove('redrive');
    expect(listed().shown).toContainEqual(expect.stringContaining('NotifyAgeAlarm'));
    expect(listed().shown).toEqual(listed().present);
    await remove('notify');
    expect(listed().shown).toEqual(listed().present);
  });

  it('of an unknown name says which there are', async () => {
    write(functionTemplates['the ingestion service']!);
    await expect(remove('notify')).rejects.toMatchObject({
      suggestions: ['gear remove function ingest', 'gear remove function redrive'],
    });
  });
});

describe('the README', () => {
  it('lists what the role may do for as long as the function is there', async () => {
    const readme = readFileSync(new URL('../../templates/ingestion/typescript/README.md', import.meta.url), 'utf8');
    write(functionTemplates['the ingestion service']!);
    writeFileSync(join(folder, 'README.md'), readme);
    await add('notify', 'queue');
    const edited = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(edited).toMatch(/\| `notify` +\| Poll +\| `sqs:ReceiveMessage`, .* \| `NotifyQueue` +\| Lambda polls/);
    await remove('notify');
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(readme);
  });
});

/** The lines of `old` that are missing in `now`, or stand in another order. */
function withoutLines(old: readonly string[], now: readonly string[]): readonly string[] {
  let at = 0;
  return old.filter(line => {
    const found = now.indexOf(line, at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}
