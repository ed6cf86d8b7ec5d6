import type {ResourceType} from '../resource-type.ts';
import {apigatewayv2Api} from './apigatewayv2-api.ts';
import {apigatewayv2Authorizer} from './apigatewayv2-authorizer.ts';
import {apigatewayv2Deployment} from './apigatewayv2-deployment.ts';
import {apigatewayv2Integration} from './apigatewayv2-integration.ts';
import {apigatewayv2Route} from './apigatewayv2-route.ts';
import {apigatewayv2Stage} from './apigatewayv2-stage.ts';
import {cdkMetadata} from './cdk-metadata.ts';
import {cloudformationStack} from './cloudformation-stack.ts';
import {cloudwatchAlarm} from './cloudwatch-alarm.ts';
import {cloudwatchDashboard} from './cloudwatch-dashboard.ts';
import {codedeployApplication} from './codedeploy-application.ts';
import {codedeployDeploymentGroup} from './codedeploy-deployment-group.ts';
import {dynamodbTable} from './dynamodb-table.ts';
import {eventsEventBus} from './events-event-bus.ts';
import {eventsRule} from './events-rule.ts';
import {iamManagedPolicy} from './iam-managed-policy.ts';
import {iamPolicy} from './iam-policy.ts';
import {iamRole} from './iam-role.ts';
import {iamRolePolicy} from './iam-role-policy.ts';
import {kmsAlias} from './kms-alias.ts';
import {kmsKey} from './kms-key.ts';
import {lambdaAlias} from './lambda-alias.ts';
import {lambdaEventInvokeConfig} from './lambda-event-invoke-config.ts';
import {lambdaEventSourceMapping} from './lambda-event-source-mapping.ts';
import {lambdaFunction} from './lambda-function.ts';
import {lambdaPermission} from './lambda-permission.ts';
import {lambdaVersion} from './lambda-version.ts';
import {logsLogGroup} from './logs-log-group.ts';
import {logsMetricFilter} from './logs-metric-filter.ts';
import {s3Bucket} from './s3-bucket.ts';
import {s3BucketPolicy} from './s3-bucket-policy.ts';
import {schedulerSchedule} from './scheduler-schedule.ts';
import {schedulerScheduleGroup} from './scheduler-schedule-group.ts';
import {secretsmanagerResourcePolicy} from './secretsmanager-resource-policy.ts';
import {secretsmanagerSecret} from './secretsmanager-secret.ts';
import {snsSubscription} from './sns-subscription.ts';
import {snsTopic} from './sns-topic.ts';
import {snsTopicPolicy} from './sns-topic-policy.ts';
import {sqsQueue} from './sqs-queue.ts';
import {sqsQueuePolicy} from './sqs-queue-policy.ts';
import {ssmParameter} from './ssm-parameter.ts';
import {waitConditionHandle} from './wait-condition-handle.ts';

/** Every resource type that gear local makes, by name; a template with another is refused. */
// biome-ignore lint/suspicious/noExplicitAny: each type's handler takes the properties of its own shape
const types: readonly ResourceType<any>[] = [
  apigatewayv2Api,
  apigatewayv2Authorizer,
  apigatewayv2Deployment,
  apigatewayv2Integration,
  apigatewayv2Route,
  apigatewayv2Stage,
  cdkMetadata,
  cloudformationStack,
  cloudwatchAlarm,
  cloudwatchDashboard,
  codedeployApplication,
  codedeployDeploymentGroup,
  dynamodbTable,
  eventsEventBus,
  eventsRule,
  iamManagedPolicy,
  iamPolicy,
  iamRolePolicy,
  iamRole,
  kmsAlias,
  kmsKey,
  lambdaAlias,
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaPermission,
  lambdaVersion,
  logsLogGroup,
  logsMetricFilter,
  s3BucketPolicy,
  s3Bucket,
  secretsmanagerResourcePolicy,
  secretsmanagerSecret,
  schedulerSchedule,
  schedulerScheduleGroup,
  snsSubscription,
  snsTopic,
  snsTopicPolicy,
  sqsQueuePolicy,
  sqsQueue,
  ssmParameter,
  waitConditionHandle,
];

// biome-ignore lint/suspicious/noExplicitAny: as above
export const resourceTypes: ReadonlyMap<string, ResourceType<any>> = new Map(types.map(type => [type.type, type]));
