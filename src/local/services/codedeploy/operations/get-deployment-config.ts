import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deploymentConfig, shownConfig} from '../deployment-configs.ts';
import type {CodedeployStore} from '../store.ts';

export const getDeploymentConfig = operationOf<CodedeployStore>()({
  name: 'GetDeploymentConfig',
  input: structure({deploymentConfigName: required(string)}),
  permissions: ({deploymentConfigName}, {region, account}) => [
    {
      action: 'codedeploy:GetDeploymentConfig',
      resource: `arn:aws:codedeploy:${region}:${account}:deploymentconfig:${deploymentConfigName}`,
    },
  ],
  run: ({deploymentConfigName}) => ({deploymentConfigInfo: shownConfig(deploymentConfig(deploymentConfigName))}),
});
