import type {Clock} from './clock.ts';
import type {EventMetric} from './events/event-metric.ts';
import type {ApiMetrics} from './execute-api/open-execute-api.ts';
import type {FunctionMetric} from './lambda/open-runtime.ts';
import type {CloudwatchStore} from './services/cloudwatch/store.ts';
import type {SqsStore} from './services/sqs/store.ts';

/** What services report by themselves, by namespace and dimensions; an alarm on anything else of them waits for ever. */
export const serviceMetrics = {
  'AWS/Lambda FunctionName': [
    'Invocations',
    'Errors',
    'Duration',
    'Throttles',
    'ConcurrentExecutions',
    'IteratorAge',
    'AsyncEventsDropped',
    'DestinationDeliveryFailures',
    'DeadLetterErrors',
  ] satisfies readonly (FunctionMetric['name'] | EventMetric)[],
  'AWS/ApiGateway ApiId': ['Count', '4xx', '5xx', 'Latency', 'IntegrationLatency', 'DataProcessed'],
  'AWS/SQS QueueName': [
    'ApproximateNumberOfMessagesVisible',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
    'ApproximateAgeOfOldestMessage',
  ],
} as const;

type MetricOf<Kind extends keyof typeof serviceMetrics> = (typeof serviceMetrics)[Kind][number];

/** What Lambda reports of its functions by itself: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function recordFunctionMetric(cloudwatch: CloudwatchStore, metric: MeasuredFunction): void {
  const {name: metricName, value, unit, time} = metric;
  for (const dimensions of functionDimensions(metric))
    cloudwatch.record({namespace: 'AWS/Lambda', metricName, dimensions, value, unit, time});
}

/** Of the function as a whole, of what was named, and, through an alias, of the version that it chose. */
function functionDimensions({
  functionName: FunctionName,
  invoked,
}: MeasuredFunction): Readonly<Record<string, string>>[] {
  if (invoked === undefined) return [{FunctionName}];
  const {qualifier, version: ExecutedVersion} = invoked;
  const Resource = qualifier === undefined ? FunctionName : `${FunctionName}:${qualifier}`;
  const isAlias = qualifier !== undefined && !/^(\$LATEST|\d+)$/.test(qualifier);
  return [{FunctionName}, {FunctionName, Resource}, ...(isAlias ? [{FunctionName, Resource, ExecutedVersion}] : [])];
}

type MeasuredFunction = Omit<FunctionMetric, 'name'> & {
  readonly name: MetricOf<'AWS/Lambda FunctionName'>;
};

/** What API Gateway reports of HTTP APIs: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export function recordApiMetrics(cloudwatch: CloudwatchStore, metrics: ApiMetrics): void {
  const {apiId, stage, route, status, latency, integrationLatency, bytes} = metrics;
  const dimensions: Readonly<Record<string, string>>[] = [{ApiId: apiId}, {ApiId: apiId, Stage: stage}];
  if (route !== undefined)
    dimensions.push({ApiId: apiId, Stage: stage, Method: route.method, Resource: route.resource});
  const record = (metricName: MetricOf<'AWS/ApiGateway ApiId'>, value: number, unit: string) => {
    for (const of of dimensions)
      cloudwatch.record({namespace: 'AWS/ApiGateway', metricName, dimensions: of, value, unit});
  };
  record('Count', 1, 'Count');
  // Zeros too: the average is the rate of errors.
  record('4xx', status >= 400 && status < 500 ? 1 : 0, 'Count');
  record('5xx', status >= 500 ? 1 : 0, 'Count');
  record('Latency', latency, 'Milliseconds');
  record('DataProcessed', bytes, 'Bytes');
  if (integrationLatency !== undefined) record('IntegrationLatency', integrationLatency, 'Milliseconds');
}

const minute = 60_000;

/**
 * Reports the depth of every queue each minute, as SQS does:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * The answer ends it.
 */
export function startQueueMetrics(sqs: SqsStore, cloudwatch: CloudwatchStore, clock: Clock): () => void {
  let cancel = () => {};
  const report = () => {
    for (const {record} of sqs.queues()) reportQueue(record.name, sqs, cloudwatch, clock.now());
    cancel = clock.after(minute, report);
  };
  cancel = clock.after(minute, report);
  return () => cancel();
}

function reportQueue(name: string, sqs: SqsStore, cloudwatch: CloudwatchStore, time: number): void {
  const depth = sqs.depth(sqs.arnOf(name));
  if (depth === undefined) return;
  const record = (metricName: MetricOf<'AWS/SQS QueueName'>, value: number, unit: string) =>
    cloudwatch.record({namespace: 'AWS/SQS', metricName, dimensions: {QueueName: name}, value, unit, time});
  record('ApproximateNumberOfMessagesVisible', depth.visible, 'Count');
  record('ApproximateNumberOfMessagesNotVisible', depth.inFlight, 'Count');
  record('ApproximateNumberOfMessagesDelayed', depth.delayed, 'Count');
  record('ApproximateAgeOfOldestMessage', depth.oldestAgeSeconds, 'Seconds');
}
