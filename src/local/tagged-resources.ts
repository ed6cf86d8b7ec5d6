import type {ApiGatewayStore} from './services/apigatewayv2/store.ts';
import type {CloudFormationStore} from './services/cloudformation/store.ts';
import {alarmArn, dashboardArn} from './services/cloudwatch/arns.ts';
import type {CloudwatchStore} from './services/cloudwatch/store.ts';
import type {CodedeployStore} from './services/codedeploy/store.ts';
import type {DynamodbStore} from './services/dynamodb/store.ts';
import type {EventBridgeStore} from './services/eventbridge/store.ts';
import type {KmsStore} from './services/kms/store.ts';
import type {LambdaStore} from './services/lambda/store.ts';
import {groupArn} from './services/logs/arns.ts';
import type {LogsStore} from './services/logs/store.ts';
import type {S3Store} from './services/s3/store.ts';
import type {SchedulerStore} from './services/scheduler/store.ts';
import type {SecretsStore} from './services/secretsmanager/store.ts';
import type {SnsStore} from './services/sns/store.ts';
import type {SqsStore} from './services/sqs/store.ts';
import type {SsmStore} from './services/ssm/store.ts';
import type {TaggedResource} from './services/tagging/store.ts';

interface Owner {
  readonly account: string;
  readonly region: string;
}

interface Stores {
  readonly apis: ApiGatewayStore;
  readonly cloudformation: CloudFormationStore;
  readonly cloudwatch: CloudwatchStore;
  readonly codedeploy: CodedeployStore;
  readonly dynamodb: DynamodbStore;
  readonly eventbridge: EventBridgeStore;
  readonly kms: KmsStore;
  readonly lambda: LambdaStore;
  readonly logs: LogsStore;
  readonly s3: S3Store;
  readonly scheduler: SchedulerStore;
  readonly secrets: SecretsStore;
  readonly sns: SnsStore;
  readonly sqs: SqsStore;
  readonly ssm: SsmStore;
}

/**
 * Everything that may carry tags, but for roles, users and policies: the tagging API of AWS does not give the first two,
 * and the last only in one region.
 */
export function taggedResources(stores: Stores, owner: Owner): readonly TaggedResource[] {
  const {codedeploy, eventbridge, kms, logs, scheduler, ssm, sqs} = stores;
  return [
    ...[...stores.lambda.functions.entries()].map(([name, {tags}]) => ({arn: stores.lambda.arn({name}), tags})),
    ...[...stores.lambda.mappings.values()].map(({EventSourceMappingArn: arn, tags}) => ({arn, tags})),
    ...[...sqs.queues()].map(({name, record: {tags}}) => ({arn: sqs.arnOf(name), tags})),
    ...[...stores.sns.topics.values()],
    ...[...stores.dynamodb.tables.values()].map(({tags, description: {TableArn: arn}}) => ({arn, tags})),
    ...[...stores.s3.buckets()].map(({name, tags = {}}) => ({arn: `arn:aws:s3:::${name}`, tags})),
    ...[...logs.groups.entries()].map(([name, {tags}]) => ({arn: groupArn(name, owner), tags})),
    ...kms.keys().map(({id, tags}) => ({arn: kms.arnOf(id), tags})),
    ...stores.secrets.secrets(),
    ...ssm.parameters().map(({name, tags}) => ({arn: ssm.arnOf(name), tags})),
    ...[...stores.cloudwatch.alarms.values()].map(({name, tags}) => ({arn: alarmArn(name, owner), tags})),
    ...[...stores.cloudwatch.dashboards.values()].map(({name, tags}) => ({arn: dashboardArn(name, owner), tags})),
    ...[...eventbridge.buses.values()].flatMap(bus => [
      {arn: eventbridge.busArn(bus.name), tags: bus.tags},
      ...eventbridge.rules(bus).map(rule => ({arn: eventbridge.arnOfRule(rule), tags: rule.tags})),
    ]),
    ...[...scheduler.groups.values()].map(({Name, tags}) => ({arn: scheduler.groupArn(Name), tags})),
    ...[...codedeploy.applications.entries()].flatMap(([name, {tags}]) => [
      {arn: codedeploy.applicationArn(name), tags},
      ...codedeploy.groupsOf(name).map(group => ({
        arn: codedeploy.groupArn(name, group.deploymentGroupName),
        tags: group.tags,
      })),
    ]),
    ...apis(stores.apis, owner),
    ...stacks(stores.cloudformation),
  ];
}

function apis({apis: all, stages}: ApiGatewayStore, {region}: Owner): readonly TaggedResource[] {
  return [...all.values()].flatMap(({apiId, tags}) => {
    const arn = `arn:aws:apigateway:${region}::/apis/${apiId}`;
    const ofStages = stages.of(apiId).map(stage => ({arn: `${arn}/stages/${stage.stageName}`, tags: stage.tags}));
    return [{arn, tags}, ...ofStages];
  });
}

function stacks(cloudformation: CloudFormationStore): readonly TaggedResource[] {
  return cloudformation
    .stacks()
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .map(({stackId: arn, deployed, target}) => ({
      arn,
      tags: Object.fromEntries((deployed ?? target)?.tags.map(({Key, Value}) => [Key, Value]) ?? []),
    }));
}
