import {asText} from '../../model/as-text.ts';
import {entry} from '../../model/entry.ts';
import {isObject} from '../../model/is-object.ts';
import {attributesOf} from './attribute.ts';
import {alias, eventInvokeConfig, eventSourceMapping, lambdaFunction, provisionedConcurrency} from './functions.ts';
import {linkTo} from './links.ts';
import {alarm, logGroup} from './observability.ts';
import {queue, queuePolicy} from './queues.ts';
import type {TerraformResource, TerraformResources} from './resources.ts';
import {managedPolicy, role, rolePolicy} from './roles.ts';
import {table} from './tables.ts';
import type {TemplatePart, Translate, Translation} from './translation.ts';
import {
  bucketNotification,
  eventTarget,
  functionUrl,
  httpIntegration,
  logSubscription,
  permission,
  receiptRule,
  restIntegration,
  schedule,
  subscription,
  topicRule,
} from './triggers.ts';
import {typeNames} from './type-names.ts';

/** What a template would have for a resource; undefined for one that says nothing about functions. */
export function translate(translation: Translation): TemplatePart | undefined {
  const {type} = translation.resource;
  return (entry(translations, type) ?? (entry(typeNames, type) === undefined ? undefined : named))?.(translation);
}

const translations: Readonly<Record<string, Translate>> = {
  aws_api_gateway_integration: restIntegration,
  aws_apigatewayv2_integration: httpIntegration,
  aws_cloudwatch_event_target: eventTarget,
  aws_cloudwatch_log_group: logGroup,
  aws_cloudwatch_log_subscription_filter: logSubscription,
  aws_cloudwatch_metric_alarm: alarm,
  aws_dynamodb_table: table,
  aws_iam_policy: managedPolicy,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iot_topic_rule: topicRule,
  aws_lambda_alias: alias,
  aws_lambda_event_source_mapping: eventSourceMapping,
  aws_lambda_function: lambdaFunction,
  aws_lambda_function_event_invoke_config: eventInvokeConfig,
  aws_lambda_function_url: functionUrl,
  aws_lambda_permission: permission,
  aws_lambda_provisioned_concurrency_config: provisionedConcurrency,
  aws_s3_bucket_notification: bucketNotification,
  aws_scheduler_schedule: schedule,
  aws_ses_receipt_rule: receiptRule,
  aws_sns_topic_subscription: subscription,
  aws_sqs_queue: queue,
  aws_sqs_queue_policy: queuePolicy,
};

/** Of these only the name matters, by which others find them. */
const named: Translate = ({resource, attributes}) => {
  const name = attributes.at(entry(nameArguments, resource.type) ?? 'name').plain();
  const type = typeNames[resource.type]!;
  return {type, properties: Object.fromEntries((nameProperties[type] ?? []).map(property => [property, name]))};
};

const nameArguments: Readonly<Record<string, string>> = {
  aws_docdb_cluster: 'cluster_identifier',
  aws_mq_broker: 'broker_name',
  aws_msk_cluster: 'cluster_name',
  aws_msk_serverless_cluster: 'cluster_name',
  aws_s3_bucket: 'bucket',
};

const nameProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::AmazonMQ::Broker': ['BrokerName'],
  'AWS::DocDB::DBCluster': ['DBClusterIdentifier'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Kinesis::Stream': ['Name'],
  'AWS::MSK::Cluster': ['ClusterName'],
  'AWS::MSK::ServerlessCluster': ['ClusterName'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SNS::Topic': ['TopicName'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName'],
};

/** Looks up who names whom once for all. */
export function translator(resources: TerraformResources): (resource: TerraformResource) => Translation {
  const pointing = new Map<string, ReadonlyMap<string, readonly Translation[]>>();
  const translationOf = (resource: TerraformResource): Translation => ({
    resource,
    resources,
    attributes: attributesOf(resource, resources),
    pointingHere(type, argument) {
      const key = `${type}.${argument} ${resource.type}`;
      const found =
        pointing.get(key) ??
        byTarget(
          resources.all.filter(other => other.mode === 'managed' && other.type === type).map(translationOf),
          argument,
          resource.type,
        );
      pointing.set(key, found);
      return found.get(resource.address) ?? [];
    },
  });
  return translationOf;
}

function byTarget(
  translations: readonly Translation[],
  argument: string,
  type: string,
): ReadonlyMap<string, readonly Translation[]> {
  const found = new Map<string, Translation[]>();
  for (const other of translations) {
    const items = other.attributes.at(argument).items();
    const addresses = items.map(item => addressOf(linkTo(item, [type], other.resources, other.resource)));
    for (const address of new Set(addresses))
      if (address !== undefined) found.set(address, [...(found.get(address) ?? []), other]);
  }
  return found;
}

function addressOf(linked: unknown): string | undefined {
  const attribute = isObject(linked) ? linked['Fn::GetAtt'] : undefined;
  return Array.isArray(attribute) ? asText(attribute[0]) : undefined;
}
