import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {exception} from '../errors.ts';
import {hasEnded} from '../records.ts';
import type {CodedeployStore} from '../store.ts';

export const stopDeployment = operationOf<CodedeployStore>()({
  name: 'StopDeployment',
  input: structure({deploymentId: required(string), autoRollbackEnabled: boolean}),
  permissions: () => [{action: 'codedeploy:StopDeployment', resource: '*'}],
  run({deploymentId, autoRollbackEnabled = false}, _context, store) {
    const deployment = store.deployment(deploymentId);
    if (hasEnded(deployment))
      throw exception('DeploymentAlreadyCompleted', `The deployment ${deploymentId} is already completed`);
    store.setDeployment({...deployment, stopRequested: {rollBack: autoRollbackEnabled}});
    store.wake(deploymentId);
    return {status: 'Pending', statusMessage: 'Stopping the deployment.'};
  },
});
