import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
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
const written = (text: string) => writeFileSync(join(folder, 'template.yaml'), text);

async function add(name: string, triggerName: string, source?: string): Promise<readonly string[]> {
  const trigger = triggers.find(candidate => candidate.name === triggerName)!;
  const change = await addFunction(readProject(folder), {name, trigger, source});
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
  triggers.map(({name}) => ({kind, text, trigger: name})),
);

describe.each(cases)('a function with the trigger $trigger, in $kind', ({text, trigger}) => {
  it('adds lines and changes none, and goes without a trace', async () => {
    written(text);
    await add('notify-buyer', trigger);
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
      ['events', 'src', 'template.yaml', 'test'].filter(name => existsSync(join(folder, name))),
    );
    expect(existsSync(join(folder, 'events', 'notify-buyer.json'))).toBe(false);
  });
});

describe.each(triggers)('a function with the trigger $name', ({name: trigger}) => {
  it('is found without fault by the audit', async () => {
    written(functionTemplates['the ingestion service']!);
    await add('notify', trigger);
    const audited = await auditTemplates([join(folder, 'template.yaml')], rules, {parameters: {}, today: '2026-11-21'});
    expect(audited).toMatchObject({result: {findings: []}, failures: []});
  });

  it('is added once', async () => {
    written(functionTemplates['the ingestion service']!);
    expect(await add('notify', trigger)).toContain('src/functions/notify/handler.ts');
    const first = template();
    expect(await add('notify', trigger)).toEqual([]);
    expect(template()).toBe(first);
  });

  it('leaves no placeholder behind', async () => {
    written(functionTemplates['the ingestion service']!);
    await add('notify', trigger);
    for (const file of [
      'template.yaml',
      'events/notify.json',
      'test/notify.test.ts',
      'src/functions/notify/handler.ts',
    ])
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/gear-?name/i);
  });
});

describe('a function in the style of its template', () => {
  it('is indented as its neighbours are, with the alarm topic that the template has', async () => {
    written(functionTemplates['four spaces, lists below their keys, comments everywhere']!);
    await add('notify', 'queue', 'OrderQueue');
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
    written(orders);
    await add('notify', trigger, id);
    expect(template()).toMatch(text);
    expect(template()).not.toMatch(/Notify(Queue|Table|Topic|Api):/);
    expect(await add('notify', trigger, id)).toEqual([]);
    await remove('notify');
    expect(template()).toBe(orders);
  });

  it.each([
    ['queue', 'Missing', 'has no resource Missing'],
    ['queue', 'OrderTopic', ':10: OrderTopic is AWS::SNS::Topic, and not AWS::SQS::Queue'],
    ['stream', 'QuietTable', 'QuietTable has no stream'],
    ['schedule', 'OrderQueue', 'comes with its own source'],
  ])('refuses for the trigger %s %s, which does not fit', async (trigger, id, message) => {
    written(orders);
    await expect(add('notify', trigger, id)).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(['template.yaml']);
  });

  it('refuses a queue that feeds a function already', async () => {
    written(orders);
    await add('notify', 'queue', 'OrderQueue');
    await expect(add('inform', 'queue', 'OrderQueue')).rejects.toThrow('OrderQueue feeds NotifyFunction already');
  });
});

describe('a function that cannot be added', () => {
  it.each([
    ['JSON', '{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}', '"NotifyFunction": {'],
    ['braces', 'Resources: {A: {Type: AWS::SQS::Queue}}\n', '  NotifyFunction:\n    Type: AWS::Lambda::Function'],
  ])('to %s comes with the text to paste, and nothing is written', async (_kind, text, snippet) => {
    written(text);
    await expect(add('notify', 'none')).rejects.toThrow(snippet);
    expect([readdirSync(folder), template()]).toEqual([['template.yaml'], text]);
  });

  it.each([
    ['an alias', 'Resources:\n  A: &a\n    Type: AWS::SQS::Queue\n  B: *a\n', 'no anchors and aliases'],
    ['tabs', 'Resources:\n\tA:\n\t\tType: AWS::SQS::Queue\n', 'tabs cannot indent YAML'],
  ])('because the template has %s leaves everything as it is', async (_kind, text, message) => {
    written(text);
    await expect(add('notify', 'none')).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(['template.yaml']);
  });

  it('says what has its name', async () => {
    written('Resources:\n  NotifyRole:\n    Type: AWS::IAM::Role\n');
    await expect(add('notify', 'none')).rejects.toThrow(':2: NotifyRole is there already, AWS::IAM::Role');
  });

  it('says which file is in the way', async () => {
    written(functionTemplates['one resource and no more']!);
    await add('notify', 'none');
    written(functionTemplates['one resource and no more']!);
    writeFileSync(join(folder, 'test/notify.test.ts'), 'mine');
    await expect(add('notify', 'none')).rejects.toThrow('test/notify.test.ts is there already');
  });
});

describe('removing a function', () => {
  it('keeps the files that were worked on, unless it is forced', async () => {
    written(functionTemplates['one resource and no more']!);
    await add('notify', 'queue');
    const handler = join(folder, 'src/functions/notify/handler.ts');
    writeFileSync(handler, 'mine');
    const before = template();
    expect(await remove('notify')).toEqual([expect.stringContaining('handler.ts stays: it has changed')]);
    expect([existsSync(handler), existsSync(join(folder, 'events/notify.json'))]).toEqual([true, false]);
    written(before);
    expect(await remove('notify', true)).toEqual([]);
    expect(existsSync(handler)).toBe(false);
  });

  it('is refused when something else refers to what would go, by name and line', async () => {
    written(functionTemplates['no blank lines, another section right behind']!);
    await add('notify', 'queue');
    const before = template().replace(
      'Metadata:\n  Team',
      'Outputs:\n  Where:\n    Value: !GetAtt NotifyQueue.Arn\nMetadata:\n  Team',
    );
    written(before);
    await expect(remove('notify')).rejects.toThrow(/template\.yaml:\d+: the output Where refers to NotifyQueue$/m);
    expect(template()).toBe(before);
  });

  it('takes what hangs on a function that came with its service, and leaves its queue', async () => {
    written(functionTemplates['the ingestion service']!.replace(/ {2}RedriveFunctionName:\n.*\n?/, ''));
    expect(await remove('redrive')).toEqual([expect.stringContaining('src/functions/redrive/handler.ts')]);
    const {Resources} = parseTemplate(template(), 't.yaml').body;
    expect(Object.keys(Resources as object).filter(id => /Redrive/.test(id))).toEqual([]);
    expect(Resources).toHaveProperty('DeadLetterQueue');
  });

  it('keeps the list of alarms on the dashboard complete, and a list', async () => {
    written(functionTemplates['the ingestion service']!.replace(/ {2}RedriveFunctionName:\n.*\n?/, ''));
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
    written(functionTemplates['the ingestion service']!);
    await expect(remove('notify')).rejects.toMatchObject({
      suggestions: ['gear remove function ingest', 'gear remove function redrive'],
    });
  });
});

describe('the README', () => {
  it('lists what the role may do for as long as the function is there', async () => {
    const readme = readFileSync(new URL('../../templates/ingestion/typescript/README.md', import.meta.url), 'utf8');
    written(functionTemplates['the ingestion service']!);
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
