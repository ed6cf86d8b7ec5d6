import type {ServiceFunction} from './functions-of.ts';
import {serviceRole} from './service-role.ts';

/** What there is for each function, by logical ID; the role's policy by its name, as in the README. */
export function namesOf({id, name}: ServiceFunction) {
  const base = id.replace(/Function$/, '');
  return {
    version: `${base}Version`,
    alias: `${base}Alias`,
    alarm: `${base}AliasErrorsAlarm`,
    group: `${base}DeploymentGroup`,
    role: `${base}DeploymentRole`,
    policy: `deploy${name[0]!.toUpperCase()}${name.slice(1).replaceAll(/[-_](\w)/g, (_, letter) => letter.toUpperCase())}`,
  };
}

export const deploymentActions = {
  shift: ['lambda:GetAlias', 'lambda:UpdateAlias'],
  watch: ['cloudwatch:DescribeAlarms'],
};

/** Neither alias, alarm nor role name each other by reference all around: the alias waits for its group, and that for both. */
export function canaryResources(functions: readonly ServiceFunction[]): readonly string[] {
  return [application, ...functions.map(resourcesFor)].join('\n\n').split('\n');
}

const application = `
DeploymentApplication:
  Type: AWS::CodeDeploy::Application
  Properties:
    ComputePlatform: Lambda`.trimStart();

function resourcesFor(fn: ServiceFunction): string {
  const {version, alias, alarm, group, role, policy} = namesOf(fn);
  const actions = (list: readonly string[]) => list.map(action => `    - ${action}`).join('\n');
  return `
${version}:
  Type: AWS::Lambda::Version
  DeletionPolicy: Retain
  UpdateReplacePolicy: Retain
  Properties:
    FunctionName: !Ref ${fn.id}
    # gear deploy puts a hash of code and configuration here: another one publishes a version, the same one does not.
    Description: gear

${alias}:
  Type: AWS::Lambda::Alias
  UpdatePolicy:
    CodeDeployLambdaAliasUpdate:
      ApplicationName: !Ref DeploymentApplication
      DeploymentGroupName: !Ref ${group}
  Properties:
    Name: live
    FunctionName: !Ref ${fn.id}
    FunctionVersion: !GetAtt ${version}.Version

# What a deployment goes back for: an error behind the alias, in either version.
${alarm}:
  Type: AWS::CloudWatch::Alarm
  Properties:
    AlarmDescription: ${fn.name} fails behind its alias; a deployment that goes on is taken back.
    Namespace: AWS/Lambda
    MetricName: Errors
    Dimensions:
      - Name: FunctionName
        Value: !Ref ${fn.id}
      - Name: Resource
        Value: !Sub "\${${fn.id}}:live"
    Statistic: Sum
    Period: 60
    EvaluationPeriods: 1
    Threshold: 1
    ComparisonOperator: GreaterThanOrEqualToThreshold
    TreatMissingData: notBreaching
    AlarmActions: !If [HasAlarmTopic, [!Ref AlarmTopicArn], !Ref AWS::NoValue]

${serviceRole({
  id: role,
  service: 'codedeploy.amazonaws.com',
  policy,
  statements: `
# Lambda asks for the function when its alias is read or moved.
- Sid: ShiftTraffic
  Effect: Allow
  Action:
${actions(deploymentActions.shift)}
  Resource: !GetAtt ${fn.id}.Arn
- Sid: ReadAlarm
  Effect: Allow
  Action:
${actions(deploymentActions.watch)}
  Resource: !GetAtt ${alarm}.Arn`,
})}

${group}:
  Type: AWS::CodeDeploy::DeploymentGroup
  Properties:
    ApplicationName: !Ref DeploymentApplication
    ServiceRoleArn: !GetAtt ${role}.Arn
    DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes
    DeploymentStyle:
      DeploymentType: BLUE_GREEN
      DeploymentOption: WITH_TRAFFIC_CONTROL
    AlarmConfiguration:
      Enabled: true
      Alarms:
        - Name: !Ref ${alarm}
    AutoRollbackConfiguration:
      Enabled: true
      Events:
        - DEPLOYMENT_FAILURE
        - DEPLOYMENT_STOP_ON_ALARM
        - DEPLOYMENT_STOP_ON_REQUEST`.trimStart();
}
