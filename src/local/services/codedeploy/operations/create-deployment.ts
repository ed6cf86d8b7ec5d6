import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {readRevision} from '../app-spec.ts';
import {deploymentConfig} from '../deployment-configs.ts';
import {exception} from '../errors.ts';
import {checkAlarms, checkRollback} from '../group-input.ts';
import {newDeployment} from '../new-deployment.ts';
import type {CodedeployStore} from '../store.ts';

export const createDeployment = operationOf<CodedeployStore>()({
  name: 'CreateDeployment',
  input: structure({
    applicationName: required(string),
    deploymentGroupName: required(string),
    revision: required(
      structure({
        revisionType: required(string),
        string: structure({content: string, sha256: string}),
        appSpecContent: structure({content: string, sha256: string}),
      }),
    ),
    deploymentConfigName: string,
    description: string,
    autoRollbackConfiguration: structure({enabled: boolean, events: list(string)}),
    overrideAlarmConfiguration: structure({
      enabled: boolean,
      ignorePollAlarmFailure: boolean,
      alarms: list(structure({name: string})),
    }),
  }),
  permissions: ({applicationName, deploymentGroupName}, _context, store) => [
    {action: 'codedeploy:CreateDeployment', resource: store.groupArn(applicationName, deploymentGroupName)},
  ],
  run({applicationName, deploymentGroupName, ...input}, _context, store) {
    const group = store.group(applicationName, deploymentGroupName);
    deploymentConfig(input.deploymentConfigName ?? group.deploymentConfigName);
    const alarmConfiguration = checkAlarms(input.overrideAlarmConfiguration) ?? group.alarmConfiguration;
    const autoRollbackConfiguration = checkRollback(input.autoRollbackConfiguration) ?? group.autoRollbackConfiguration;
    const running = store.running(applicationName, deploymentGroupName);
    if (running !== undefined)
      throw exception(
        'DeploymentLimitExceeded',
        `The Deployment Group '${deploymentGroupName}' is already deploying deployment '${running.deploymentId}'.`,
      );
    const deployment = newDeployment(
      {...group, alarmConfiguration, autoRollbackConfiguration},
      {...input, function: readRevision(input.revision)},
      store,
    );
    store.setDeployment(deployment);
    store.wake(deployment.deploymentId);
    return {deploymentId: deployment.deploymentId};
  },
});
