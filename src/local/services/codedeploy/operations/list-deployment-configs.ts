import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {deploymentConfigs} from '../deployment-configs.ts';
import {pageOf} from '../page.ts';
import type {CodedeployStore} from '../store.ts';

export const listDeploymentConfigs = operationOf<CodedeployStore>()({
  name: 'ListDeploymentConfigs',
  input: structure({nextToken: string}),
  permissions: () => [{action: 'codedeploy:ListDeploymentConfigs', resource: '*'}],
  run(input) {
    const names = deploymentConfigs.map(({deploymentConfigName}) => deploymentConfigName).sort();
    const {page, nextToken} = pageOf(names, input.nextToken);
    return {deploymentConfigsList: page, nextToken};
  },
});
