import {entry} from '../../model/entry.ts';
import {at, build, type ConfigNode, itemsOf, textOf} from './config-node.ts';
import {streamType} from './grants.ts';
import {alphanumeric, nameInArn} from './naming.ts';
import type {ServiceEvent, ServiceFunction} from './service.ts';

interface Mapping {
  readonly id: string;
  readonly resource: ConfigNode;
}

/** Events that Lambda fetches by itself; undefined for those that somebody sends. */
export function mappingOf(event: ServiceEvent, fn: ServiceFunction): Mapping | undefined {
  const kind = entry(kinds, event.type);
  if (kind === undefined) return undefined;
  const {config, origin} = event;
  const arn = at(config, 'arn') ?? config;
  const setting = (name: string) => at(config, name);
  const responseType = setting('functionResponseType');
  const onFailure = at(config, 'destinations', 'onFailure');
  const consumer = at(config, 'consumer');
  const isConsumerArn = consumer !== undefined && textOf(consumer) !== 'true';
  const selfManaged = event.type === 'kafka';
  const properties = {
    FunctionName: {'Fn::GetAtt': [fn.logicalId, 'Arn']},
    EventSourceArn: selfManaged ? undefined : isConsumerArn ? consumer : arn,
    SelfManagedEventSource: selfManaged ? {Endpoints: {KafkaBootstrapServers: setting('bootstrapServers')}} : undefined,
    BatchSize: setting('batchSize') ?? kind.batchSize,
    MaximumBatchingWindowInSeconds: setting('batchWindow') ?? setting('maximumBatchingWindow'),
    MaximumRetryAttempts: setting('maximumRetryAttempts'),
    MaximumRecordAgeInSeconds: setting('maximumRecordAgeInSeconds'),
    BisectBatchOnFunctionError: setting('bisectBatchOnFunctionError'),
    ParallelizationFactor: setting('parallelizationFactor'),
    FunctionResponseTypes: responseType === undefined ? undefined : itemsOf(responseType),
    DestinationConfig:
      onFailure === undefined ? undefined : {OnFailure: {Destination: at(onFailure, 'arn') ?? onFailure}},
  };
  const id = `${fn.id}EventSourceMapping${kind.title(event)}${alphanumeric(nameInArn(selfManaged ? setting('topic') : arn)) || event.number}`;
  return {id, resource: build({Type: 'AWS::Lambda::EventSourceMapping', Properties: properties}, origin)};
}

interface Kind {
  /** The framework's default, where it has one of its own. */
  readonly batchSize?: number;
  title(event: ServiceEvent): string;
}

const titled = (title: string): Kind => ({title: () => title});

const kinds: Readonly<Record<string, Kind>> = {
  activemq: titled('ActiveMQ'),
  kafka: titled('Kafka'),
  msk: titled('MSK'),
  rabbitmq: titled('RabbitMQ'),
  sqs: {batchSize: 10, title: () => 'SQS'},
  stream: {batchSize: 10, title: ({config}) => alphanumeric(streamType(config) ?? '')},
};
