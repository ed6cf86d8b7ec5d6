import {at, type ConfigNode, entriesOf} from './config-node.ts';
import type {Service} from './service.ts';

/** Settings that gear does not know may add or change anything, so each is said. */
export function noteUnknownSettings({config, provider, functions, note}: Service): void {
  const check = (node: ConfigNode | undefined, known: ReadonlySet<string>, where: string, resource: string) => {
    for (const [name, {origin}] of entriesOf(node))
      if (!known.has(name)) note({resource, reason: `gear does not know the setting ${where}${name}`, origin});
  };
  check(config, ofService, '', '');
  check(provider, ofProvider, 'provider.', '');
  check(at(provider, 'iam'), ofIam, 'provider.iam.', '');
  for (const {key, config, logicalId} of functions) {
    check(config, ofFunction, `functions.${key}.`, logicalId);
    check(at(config, 'iam'), ofIam, `functions.${key}.iam.`, logicalId);
  }
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml */
const ofService = words(`
  app build configValidationMode console custom dashboard deprecationNotificationMode disabledDeprecations
  enableLocalInstallationFallback frameworkVersion functions layers licenseKey org outputs package params plugins
  projectDir provider resources service stages state tenant unresolvedVariablesNotificationMode useDotenv
  variablesResolutionMode
`);

const ofProvider = words(`
  alb alexa apiGateway apiKeys apiName architecture cfnRole cloudFront cloudFormation deploymentBucket deploymentMethod
  deploymentPrefix disableDefaultOutputExportNames disableRollback ecr endpointType environment eventBridge httpApi iam
  iamManagedPolicies iamRoleStatements kmsKeyArn kinesis lambdaHashingVersion layers logRetentionInDays logs memorySize
  minimumCompressionSize name notificationArns profile region resourcePolicy role rolePermissionsBoundary rollbackConfiguration
  runtime runtimeManagement s3 snapStart stackName stackParameters stackPolicy stackTags stage tags timeout tracing usagePlan
  versionFunctions vpc vpcEndpointIds websocket websocketsApiName websocketsApiRouteSelectionExpression
  websocketsDescription
`);

const ofIam = words('deploymentRole inheritStatements role');

const ofFunction = words(`
  architecture build condition dependsOn description destinations disableLogs environment ephemeralStorageSize events
  fileSystemConfig handler iam iamPermissionsBoundary iamRoleStatements iamRoleStatementsInherit iamRoleStatementsName
  image kmsKeyArn layers logRetentionInDays logs maximumEventAge maximumRetryAttempts memorySize name onError package
  provisionedConcurrency reservedConcurrency role runtime runtimeManagement snapStart tags timeout tracing url
  versionFunction vpc
`);
