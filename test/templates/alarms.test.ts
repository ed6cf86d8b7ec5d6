import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {serviceMetrics} from '../../src/local/service-metrics.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {templates} from '../../src/scaffold/templates.ts';

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties of every type of resource.
  readonly Properties: any;
}

/** The text of a template; `!Ref X` and `!GetAtt X.Arn` are read as the texts behind the tags. */
type Source = readonly [name: string, text: () => Promise<string>];

const services: readonly Source[] = templates.flatMap(({name, languages, queues}) =>
  languages.flatMap(language =>
    (queues.length === 0 ? [undefined] : queues).map(
      (queue): Source => [
        [name, language, queue].filter(Boolean).join(' '),
        async () => {
          const files = await renderService({template: name, language, queue, name: 'orders'});
          return files.find(({path}) => path === 'template.yaml')!.contents;
        },
      ],
    ),
  ),
);

const folder = fileURLToPath(new URL('../../templates/functions/', import.meta.url));
const blocks: readonly Source[] = readdirSync(folder)
  .filter(file => file.endsWith('.yaml'))
  .map(file => [`the function block ${file}`, async () => readFileSync(join(folder, file), 'utf8')]);

describe.each([...services, ...blocks])('the alarms of %s', (_, text) => {
  it('watch the errors, throttles, duration and error lines of each function', async () => {
    const resources = read(await text());
    const wanted = functions(resources).flatMap(([id]) => [
      `AWS/Lambda Errors ${id}`,
      `AWS/Lambda Throttles ${id}`,
      `AWS/Lambda Duration ${id}`,
    ]);
    expect(watched(resources)).toEqual(expect.arrayContaining(wanted));
    for (const [id, {Properties}] of functions(resources)) {
      const alarm = alarms(resources).find(one => one.MetricName === 'Duration' && one.Dimensions[0].Value === id)!;
      expect(alarm).toMatchObject({Statistic: 'Maximum', Threshold: Properties.Timeout * 950});
      const filter = ofType(resources, 'AWS::Logs::MetricFilter').find(
        ([, one]) => one.Properties.LogGroupName === Properties.LoggingConfig.LogGroup,
      );
      const {MetricNamespace, MetricName} = filter![1].Properties.MetricTransformations[0];
      expect(watched(resources)).toContain(`${MetricNamespace} ${MetricName}`);
    }
  });

  it('watch how far a function is behind its stream, and what Lambda gives up', async () => {
    const resources = read(await text());
    const wanted: string[] = [];
    for (const [, {Properties: mapping}] of ofType(resources, 'AWS::Lambda::EventSourceMapping')) {
      if (mapping.StartingPosition !== undefined) wanted.push(`AWS/Lambda IteratorAge ${mapping.FunctionName}`);
      if (mapping.DestinationConfig) wanted.push(`AWS/Lambda DestinationDeliveryFailures ${mapping.FunctionName}`);
    }
    for (const [, {Properties: config}] of ofType(resources, 'AWS::Lambda::EventInvokeConfig')) {
      wanted.push(`AWS/Lambda AsyncEventsDropped ${config.FunctionName}`);
      if (config.DestinationConfig) wanted.push(`AWS/Lambda DestinationDeliveryFailures ${config.FunctionName}`);
    }
    for (const [id, {Properties}] of functions(resources))
      if (Properties.DeadLetterConfig) wanted.push(`AWS/Lambda DeadLetterErrors ${id}`);
    expect(watched(resources)).toEqual(expect.arrayContaining(wanted));
  });

  it('watch the age of what waits in a queue, and whether anything is in one that failures go to', async () => {
    const resources = read(await text());
    const wanted = ofType(resources, 'AWS::SQS::Queue').map(([id]) =>
      takesFailures(resources, id)
        ? `AWS/SQS ApproximateNumberOfMessagesVisible ${id}.QueueName`
        : `AWS/SQS ApproximateAgeOfOldestMessage ${id}.QueueName`,
    );
    expect(watched(resources)).toEqual(expect.arrayContaining(wanted));
  });

  it('watch whether an API answers with 5xx', async () => {
    const resources = read(await text());
    const wanted = ofType(resources, 'AWS::ApiGatewayV2::Api').map(([id]) => `AWS/ApiGateway 5xx ${id}`);
    expect(watched(resources)).toEqual(expect.arrayContaining(wanted));
  });

  it('are on metrics that the embedded AWS reports', async () => {
    const resources = read(await text());
    const filters = ofType(resources, 'AWS::Logs::MetricFilter').map(
      ([, {Properties}]) => Properties.MetricTransformations[0],
    );
    for (const {Namespace, MetricName, Dimensions = []} of alarms(resources)) {
      const kind = [Namespace, ...Dimensions.map(({Name}: {Name: string}) => Name)].join(' ');
      const reported = [
        ...((serviceMetrics as Readonly<Record<string, readonly string[]>>)[kind] ?? []),
        ...filters.filter(filter => filter.MetricNamespace === kind).map(filter => filter.MetricName),
      ];
      expect([kind, reported]).toEqual([kind, expect.arrayContaining([MetricName])]);
    }
  });
});

describe.each(services)('the dashboard of %s', (_, text) => {
  it('is one, named by the stack, and names no resource that is absent', async () => {
    const resources = read(await text());
    const dashboards = ofType(resources, 'AWS::CloudWatch::Dashboard');
    expect(dashboards.map(([, {Properties}]) => Properties.DashboardName)).toEqual(['AWS::StackName']);
    const named = [...body(resources).matchAll(/\$\{([\w:.]+)\}/g)].map(([, name]) => name!);
    const known = ['AWS::StackName', 'AWS::Region', ...Object.keys(resources)];
    expect(known).toEqual(expect.arrayContaining(named.map(name => name.replace(/\.\w+$/, ''))));
  });

  it('shows the state of every alarm', async () => {
    const resources = read(await text());
    const [shown] = widgets(resources).filter(({type}) => type === 'alarm');
    const ids = ofType(resources, 'AWS::CloudWatch::Alarm').map(([id]) => `\${${id}.Arn}`);
    expect(shown.properties.alarms).toEqual(ids);
  });

  it('draws what its functions, queues, stream and API do, with each timeout', async () => {
    const resources = read(await text());
    const has = (type: string) => ofType(resources, type).length > 0;
    const streams = ofType(resources, 'AWS::Lambda::EventSourceMapping').some(
      ([, one]) => one.Properties.StartingPosition,
    );
    const wanted = [
      ...['Invocations', 'Errors', 'Throttles', 'Duration'].map(metric => `{AWS/Lambda,FunctionName} ${metric}`),
      ...(streams ? ['{AWS/Lambda,FunctionName} IteratorAge'] : []),
      ...(has('AWS::SQS::Queue')
        ? ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'].map(
            metric => `{AWS/SQS,QueueName} ${metric}`,
          )
        : []),
      ...(has('AWS::ApiGatewayV2::Api')
        ? ['Count', '4xx', '5xx', 'Latency'].map(name => `AWS/ApiGateway ${name}`)
        : []),
      // The dimension is the service with Powertools, and the function in most Python services.
      expect.stringMatching(/^\{"orders",(service|function)\}/),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the template has it.
      '{"gear/${AWS::StackName}"} ErrorLines',
    ];
    expect(drawn(resources)).toEqual(expect.arrayContaining(wanted));
    const lines = widgets(resources).flatMap(({properties}) => properties.annotations?.horizontal ?? []);
    for (const [, {Properties}] of functions(resources))
      expect(lines).toContainEqual(expect.objectContaining({value: Properties.Timeout * 1000}));
  });

  it('fills rows of 24 columns, with nothing on top of anything', async () => {
    const rows = new Map<number, {x: number; width: number; height: number}[]>();
    for (const {x, y, width, height} of widgets(read(await text())))
      rows.set(y, [...(rows.get(y) ?? []), {x, width, height}]);
    let bottom = 0;
    for (const [y, cells] of rows) {
      expect(y).toBe(bottom);
      let right = 0;
      for (const {x, width} of cells) {
        expect(x).toBe(right);
        right += width;
      }
      expect(right).toBe(24);
      expect(new Set(cells.map(({height}) => height)).size).toBe(1);
      bottom += cells[0]!.height;
    }
  });
});

function read(text: string): Readonly<Record<string, Resource>> {
  const {Resources} = parse(text, {logLevel: 'silent'}) as {Resources: Readonly<Record<string, Resource>>};
  return Resources;
}

function ofType(resources: Readonly<Record<string, Resource>>, type: string): readonly [string, Resource][] {
  return Object.entries(resources).filter(([, {Type}]) => Type === type);
}

const functions = (resources: Readonly<Record<string, Resource>>) => ofType(resources, 'AWS::Lambda::Function');
const alarms = (resources: Readonly<Record<string, Resource>>) =>
  ofType(resources, 'AWS::CloudWatch::Alarm').map(([, {Properties}]) => Properties);

/** The metrics that have an alarm, each with what it is of. */
function watched(resources: Readonly<Record<string, Resource>>): readonly string[] {
  return alarms(resources).map(({Namespace, MetricName, Dimensions = []}) =>
    [Namespace, MetricName, ...Dimensions.map(({Value}: {Value: string}) => Value)].join(' '),
  );
}

/** Whether what failed goes to the queue, also by way of a bucket. */
function takesFailures(resources: Readonly<Record<string, Resource>>, queue: string): boolean {
  const takers = Object.values(resources).flatMap(({Properties}) => [
    Properties?.RedrivePolicy?.deadLetterTargetArn,
    Properties?.DestinationConfig?.OnFailure?.Destination,
    Properties?.DeadLetterConfig?.TargetArn,
    Properties?.Target?.DeadLetterConfig?.Arn,
  ]);
  const told = ofType(resources, 'AWS::S3::Bucket').filter(([bucket]) => takers.includes(`${bucket}.Arn`));
  return (
    takers.includes(`${queue}.Arn`) ||
    told.some(([, {Properties}]) =>
      Properties.NotificationConfiguration?.QueueConfigurations.some(
        (configuration: {Queue: string}) => configuration.Queue === `${queue}.Arn`,
      ),
    )
  );
}

function body(resources: Readonly<Record<string, Resource>>): string {
  return ofType(resources, 'AWS::CloudWatch::Dashboard')[0]![1].Properties.DashboardBody;
}

// biome-ignore lint/suspicious/noExplicitAny: what CloudWatch takes.
function widgets(resources: Readonly<Record<string, Resource>>): readonly any[] {
  return JSON.parse(body(resources)).widgets;
}

/** The metrics that are drawn: by name, or by the schema and the metric of a search. */
function drawn(resources: Readonly<Record<string, Resource>>): readonly string[] {
  return widgets(resources)
    .flatMap(({properties}) => properties.metrics ?? [])
    .map(([first, name]) =>
      typeof first === 'string'
        ? `${first} ${name}`
        : first.expression.replace(/^SEARCH\('(\{.*?\})(?:'| NOT | (?:MetricName="(\w+)"|(\w+))).*$/, '$1 $2$3').trim(),
    );
}
