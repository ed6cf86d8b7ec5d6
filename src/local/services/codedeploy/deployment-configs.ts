import {exception} from './errors.ts';

/** How a configuration shifts traffic: a share at once, and then the rest, or the same share again, after the interval. */
export interface DeploymentConfig {
  readonly deploymentConfigName: string;
  readonly type: 'AllAtOnce' | 'TimeBasedCanary' | 'TimeBasedLinear';
  /** Of 100. */
  readonly percentage: number;
  readonly minutes: number;
}

export const allAtOnce = 'CodeDeployDefault.LambdaAllAtOnce';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
export const deploymentConfigs: readonly DeploymentConfig[] = [
  {deploymentConfigName: allAtOnce, type: 'AllAtOnce', percentage: 100, minutes: 0},
  ...[5, 10, 15, 30].map(minutes => predefined('TimeBasedCanary', `Canary10Percent${minutes}Minutes`, minutes)),
  ...[1, 2, 3, 10].map(minutes =>
    predefined('TimeBasedLinear', `Linear10PercentEvery${minutes}Minute${minutes === 1 ? '' : 's'}`, minutes),
  ),
];

function predefined(type: DeploymentConfig['type'], name: string, minutes: number): DeploymentConfig {
  return {deploymentConfigName: `CodeDeployDefault.Lambda${name}`, type, percentage: 10, minutes};
}

export function deploymentConfig(name: string): DeploymentConfig {
  const config = deploymentConfigs.find(({deploymentConfigName}) => deploymentConfigName === name);
  if (config === undefined)
    throw exception('DeploymentConfigDoesNotExist', `No Deployment Configuration found for name: ${name}`);
  return config;
}

/** The share of the target version after the next shift. */
export function nextWeight({type, percentage}: DeploymentConfig, weight: number): number {
  if (type === 'AllAtOnce' || (type === 'TimeBasedCanary' && weight > 0)) return 1;
  return Math.min(1, Math.round(weight * 100 + percentage) / 100);
}

export function shownConfig({deploymentConfigName, type, percentage, minutes}: DeploymentConfig) {
  return {
    deploymentConfigName,
    computePlatform: 'Lambda',
    trafficRoutingConfig: {
      type,
      ...(type === 'TimeBasedCanary' && {timeBasedCanary: {canaryPercentage: percentage, canaryInterval: minutes}}),
      ...(type === 'TimeBasedLinear' && {timeBasedLinear: {linearPercentage: percentage, linearInterval: minutes}}),
    },
  };
}
