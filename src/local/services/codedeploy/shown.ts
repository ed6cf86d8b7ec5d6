import type {ApplicationRecord, DeploymentRecord, GroupRecord} from './records.ts';
import type {CodedeployStore} from './store.ts';

const deploymentStyle = {deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL'};

export function shownApplication({tags: _, createTime, ...application}: ApplicationRecord) {
  return {...application, createTime: new Date(createTime), linkedToGitHub: false, computePlatform: 'Lambda'};
}

export function shownGroup({tags: _, ...group}: GroupRecord, store: CodedeployStore) {
  const {applicationName, deploymentGroupName} = group;
  const deployments = store
    .deployments()
    .filter(one => one.applicationName === applicationName && one.deploymentGroupName === deploymentGroupName);
  const [attempted] = deployments;
  const successful = deployments.find(({status}) => status === 'Succeeded');
  return {
    ...group,
    deploymentStyle,
    computePlatform: 'Lambda',
    ...(successful !== undefined && {
      targetRevision: successful.revision,
      lastSuccessfulDeployment: lastDeployment(successful),
    }),
    ...(attempted !== undefined && {lastAttemptedDeployment: lastDeployment(attempted)}),
  };
}

function lastDeployment({deploymentId, status, createTime, completeTime}: DeploymentRecord) {
  return {deploymentId, status, createTime: new Date(createTime), endTime: date(completeTime)};
}

export function shownDeployment(deployment: DeploymentRecord) {
  const {status, createTime, startTime, completeTime} = deployment;
  const {applicationName, deploymentGroupName, deploymentConfigName, deploymentId, revision} = deployment;
  const {errorInformation, description, creator, autoRollbackConfiguration, rollbackInfo} = deployment;
  const overview = {Created: 'Pending', InProgress: 'InProgress', Succeeded: 'Succeeded', Failed: 'Failed'} as const;
  const counted = status === 'Stopped' ? 'Failed' : overview[status];
  return {
    applicationName,
    deploymentGroupName,
    deploymentConfigName,
    deploymentId,
    revision,
    status,
    errorInformation,
    createTime: new Date(createTime),
    startTime: date(startTime),
    completeTime: date(completeTime),
    deploymentOverview: {Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0, [counted]: 1},
    description,
    creator,
    ignoreApplicationStopFailures: false,
    autoRollbackConfiguration,
    updateOutdatedInstancesOnly: false,
    rollbackInfo,
    deploymentStyle,
    instanceTerminationWaitTimeStarted: false,
    computePlatform: 'Lambda',
  };
}

/** The one target of a Lambda deployment is its function. */
export function targetId({function: {name, alias}}: DeploymentRecord): string {
  return `${name}:${alias}`;
}

export function shownTarget(deployment: DeploymentRecord, store: CodedeployStore) {
  const {deploymentId, status, lifecycleEvents, weight} = deployment;
  const {name, alias, currentVersion, targetVersion} = deployment.function;
  const times = lifecycleEvents.flatMap(({startTime, endTime}) => endTime ?? startTime ?? []);
  const {account, region} = store.options;
  return {
    deploymentTargetType: 'LambdaTarget',
    lambdaTarget: {
      deploymentId,
      targetId: targetId(deployment),
      targetArn: `arn:aws:lambda:${region}:${account}:function:${name}:${alias}`,
      status: status === 'Created' ? 'Pending' : status === 'Stopped' ? 'Failed' : status,
      lastUpdatedAt: new Date(Math.max(deployment.createTime, ...times)),
      lifecycleEvents: lifecycleEvents.map(event => ({
        ...event,
        startTime: date(event.startTime),
        endTime: date(event.endTime),
      })),
      lambdaFunctionInfo: {
        functionName: name,
        functionAlias: alias,
        currentVersion,
        targetVersion,
        targetVersionWeight: weight,
      },
    },
  };
}

function date(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
