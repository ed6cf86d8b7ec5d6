import type {EventSourceKind, EventSourceMapping} from '../../model/event-source.ts';
import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import {kindOfSource, withoutQualifier} from '../event-source-kinds.ts';
import type {Environment} from './intrinsics.ts';
import {arnOfResource, lambdaFunctionArn} from './references.ts';
import type {TemplateResource} from './resources.ts';
import {isSqsSubscription, subscribedQueue} from './sqs-subscriptions.ts';
import type {Value} from './value.ts';

export function readEventSourceMappings(
  resources: readonly TemplateResource[],
  environment: Environment,
): readonly EventSourceMapping[] {
  return resources.flatMap(resource => {
    if (resource.type === 'AWS::Lambda::EventSourceMapping') return [plainMapping(resource)];
    return resource.type === 'AWS::Serverless::Function' ? samMappings(resource, environment) : [];
  });
}

function plainMapping({logicalId, properties, origin}: TemplateResource): EventSourceMapping {
  const sourceArn = properties.at('EventSourceArn').text() ?? '';
  const functionName = properties.at('FunctionName').text() ?? '';
  const functionArn = isUnresolved(functionName) ? functionName : withoutQualifier(asArn(functionName));
  const kind = properties.at('SelfManagedEventSource').exists ? 'kafka' : kindOfSource(sourceArn);
  return {name: logicalId, functionArn, ...settings(properties, kind, sourceArn), origin};
}

function asArn(functionName: string): string {
  return functionName.includes(':function:') ? functionName : lambdaFunctionArn(functionName);
}

function samMappings(fn: TemplateResource, environment: Environment): readonly EventSourceMapping[] {
  return fn
    .property('Events')
    .entries()
    .flatMap(([name, event]) => {
      const throughQueue = isSqsSubscription(event);
      const kind = throughQueue ? 'sqs' : kindsOfSamEvents[String(event.at('Type').text())];
      if (kind === undefined) return [];
      const properties = throughQueue ? event.at('Properties').at('SqsSubscription') : event.at('Properties');
      const sourceArn = throughQueue
        ? subscribedQueue(fn, name, event)
        : (firstText(properties, ['Queue', 'Stream', 'Broker', 'Cluster']) ?? '');
      return [
        {
          name: `${fn.logicalId}.${name}`,
          functionArn: arnOfResource(fn.logicalId, environment),
          ...settings(properties, kind, sourceArn),
          origin: event.origin,
        },
      ];
    });
}

const kindsOfSamEvents: Readonly<Record<string, EventSourceKind>> = {
  DocumentDB: 'documentdb',
  DynamoDB: 'dynamodb',
  Kinesis: 'kinesis',
  MQ: 'mq',
  MSK: 'kafka',
  SQS: 'sqs',
  SelfManagedKafka: 'kafka',
};

function firstText(properties: Value, names: readonly string[]): Resolvable<string> | undefined {
  return names.map(name => properties.at(name).text()).find(text => text !== undefined);
}

function settings(properties: Value, kind: EventSourceKind, sourceArn: Resolvable<string>) {
  const onFailure = properties.at('DestinationConfig').at('OnFailure');
  const destination =
    onFailure.at('Destination').text() ?? (onFailure.exists ? onFailure.at('Type').text() : undefined);
  const concurrency = properties.at('ScalingConfig').at('MaximumConcurrency').number();
  const responseTypes = properties.at('FunctionResponseTypes');
  return {
    kind,
    sourceArn,
    batchSize: properties.at('BatchSize').number() ?? (kind === 'sqs' ? 10 : 100),
    batchingWindow: properties.at('MaximumBatchingWindowInSeconds').number() ?? 0,
    reportsBatchItemFailures:
      responseTypes.unresolved ?? responseTypes.items().some(type => type.text() === 'ReportBatchItemFailures'),
    maximumRetryAttempts: properties.at('MaximumRetryAttempts').number() ?? -1,
    maximumRecordAge: properties.at('MaximumRecordAgeInSeconds').number() ?? -1,
    bisectsBatch: properties.at('BisectBatchOnFunctionError').boolean() ?? false,
    ...(concurrency === undefined ? {} : {maximumConcurrency: concurrency}),
    ...(destination === undefined ? {} : {onFailureDestination: destination}),
  };
}
