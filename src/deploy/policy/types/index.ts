import type {ResourceNeeds} from '../resource-needs.ts';
import {
  apigatewayv2Api,
  apigatewayv2Authorizer,
  apigatewayv2Deployment,
  apigatewayv2Integration,
  apigatewayv2Route,
  apigatewayv2Stage,
} from './apigateway.ts';
import {cloudformationStack} from './cloudformation.ts';
import {
  codedeployApplication,
  codedeployDeploymentGroup,
  eventsEventBus,
  eventsRule,
  schedulerSchedule,
  schedulerScheduleGroup,
} from './events.ts';
import {iamManagedPolicy, iamPolicy, iamRole, iamRolePolicy} from './iam.ts';
import {
  lambdaAlias,
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaPermission,
  lambdaVersion,
} from './lambda.ts';
import {snsSubscription, snsTopic, snsTopicPolicy, sqsQueue, sqsQueuePolicy} from './messages.ts';
import {cloudwatchAlarm, cloudwatchDashboard, logsLogGroup, logsMetricFilter} from './monitoring.ts';
import {kmsAlias, kmsKey, secretsmanagerResourcePolicy, secretsmanagerSecret, ssmParameter} from './secrets.ts';
import {dynamodbTable, s3Bucket, s3BucketPolicy} from './storage.ts';

/** Types that make nothing and call nobody. */
export const freeTypes: readonly string[] = ['AWS::CDK::Metadata', 'AWS::CloudFormation::WaitConditionHandle'];

/** What each resource type takes, as the handlers in CloudFormation's registry declare it; another type is refused. */
export const resourceNeeds: ReadonlyMap<string, ResourceNeeds> = new Map(
  [
    apigatewayv2Api,
    apigatewayv2Authorizer,
    apigatewayv2Deployment,
    apigatewayv2Integration,
    apigatewayv2Route,
    apigatewayv2Stage,
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
    iamRole,
    iamRolePolicy,
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
    s3Bucket,
    s3BucketPolicy,
    schedulerSchedule,
    schedulerScheduleGroup,
    secretsmanagerResourcePolicy,
    secretsmanagerSecret,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    sqsQueue,
    sqsQueuePolicy,
    ssmParameter,
  ].map(needs => [needs.type, needs]),
);
