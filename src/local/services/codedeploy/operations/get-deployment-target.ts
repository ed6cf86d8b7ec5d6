import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {exception} from '../errors.ts';
import {shownTarget, targetId} from '../shown.ts';
import type {CodedeployStore} from '../store.ts';

export const getDeploymentTarget = operationOf<CodedeployStore>()({
  name: 'GetDeploymentTarget',
  input: structure({deploymentId: required(string), targetId: required(string)}),
  permissions: () => [{action: 'codedeploy:GetDeploymentTarget', resource: '*'}],
  run({deploymentId, targetId: id}, _context, store) {
    const deployment = store.deployment(deploymentId);
    if (targetId(deployment) !== id)
      throw exception('DeploymentTargetDoesNotExist', `The deployment ${deploymentId} has no target ${id}`);
    return {deploymentTarget: shownTarget(deployment, store)};
  },
});
