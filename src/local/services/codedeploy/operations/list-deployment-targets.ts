import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {targetId} from '../shown.ts';
import type {CodedeployStore} from '../store.ts';

export const listDeploymentTargets = operationOf<CodedeployStore>()({
  name: 'ListDeploymentTargets',
  input: structure({deploymentId: required(string), nextToken: string}),
  permissions: () => [{action: 'codedeploy:ListDeploymentTargets', resource: '*'}],
  run: ({deploymentId}, _context, store) => ({targetIds: [targetId(store.deployment(deploymentId))]}),
});
