import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {shownDeployment} from '../shown.ts';
import type {CodedeployStore} from '../store.ts';

export const getDeployment = operationOf<CodedeployStore>()({
  name: 'GetDeployment',
  input: structure({deploymentId: required(string)}),
  permissions({deploymentId}, _context, store) {
    const {applicationName = '*', deploymentGroupName = '*'} = store.findDeployment(deploymentId) ?? {};
    return [{action: 'codedeploy:GetDeployment', resource: store.groupArn(applicationName, deploymentGroupName)}];
  },
  run: ({deploymentId}, _context, store) => ({deploymentInfo: shownDeployment(store.deployment(deploymentId))}),
});
