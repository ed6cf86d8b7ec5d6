import {createHash} from 'node:crypto';
import {allAtOnce} from './deployment-configs.ts';
import type {
  DeploymentRecord,
  GroupRecord,
  LifecycleEvent,
  LifecycleEventName,
  Revision,
  ShiftedFunction,
} from './records.ts';
import type {CodedeployStore} from './store.ts';

interface DeploymentInput {
  readonly revision: Revision;
  readonly function: ShiftedFunction;
  readonly deploymentConfigName?: string | undefined;
  readonly description?: string | undefined;
}

export function newDeployment(group: GroupRecord, input: DeploymentInput, store: CodedeployStore): DeploymentRecord {
  const {applicationName, deploymentGroupName, serviceRoleArn, alarmConfiguration, autoRollbackConfiguration} = group;
  return {
    deploymentId: store.newDeploymentId(),
    applicationName,
    deploymentGroupName,
    deploymentConfigName: input.deploymentConfigName ?? group.deploymentConfigName,
    revision: hashed(input.revision),
    function: input.function,
    status: 'Created',
    createTime: store.now(),
    creator: 'user',
    description: input.description,
    serviceRoleArn,
    alarmConfiguration,
    autoRollbackConfiguration,
    lifecycleEvents: (['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'] as const).map(pending),
    weight: 0,
  };
}

/** A deployment of its own that shifts everything back at once; it runs no hooks and asks no alarms. */
export function newRollback(of: DeploymentRecord, store: CodedeployStore): DeploymentRecord {
  const {name, alias, currentVersion, targetVersion} = of.function;
  const deploymentId = store.newDeploymentId();
  const {errorInformation: _, startTime: __, completeTime: ___, nextShift: ____, stopRequested: _____, ...same} = of;
  return {
    ...same,
    deploymentId,
    deploymentConfigName: allAtOnce,
    function: {name, alias, currentVersion: targetVersion, targetVersion: currentVersion, hooks: {}},
    status: 'Created',
    createTime: store.now(),
    creator: 'codeDeployRollback',
    description: undefined,
    alarmConfiguration: undefined,
    autoRollbackConfiguration: undefined,
    lifecycleEvents: of.lifecycleEvents.map(({lifecycleEventName}) => pending(lifecycleEventName)),
    weight: 0,
    rollbackInfo: {
      rollbackTriggeringDeploymentId: of.deploymentId,
      rollbackMessage: `Deployment ${deploymentId} is triggered to roll back deployment ${of.deploymentId}.`,
    },
  };
}

function pending(lifecycleEventName: LifecycleEventName): LifecycleEvent {
  return {lifecycleEventName, status: 'Pending'};
}

function hashed({revisionType, string, appSpecContent}: Revision): Revision {
  const withHash = (given: {readonly content?: string | undefined} | undefined) =>
    given && {
      ...given,
      sha256: createHash('sha256')
        .update(given.content ?? '')
        .digest('hex'),
    };
  return {revisionType, string: withHash(string), appSpecContent: withHash(appSpecContent)};
}
