import {randomUUID} from 'node:crypto';
import {ServiceError} from '../service-error.ts';
import {type Infer, required, string, structure} from '../shape.ts';
import type {ResourceContext} from './resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html */
export const aliasUpdatePolicy = structure({
  CodeDeployLambdaAliasUpdate: structure({
    ApplicationName: required(string),
    DeploymentGroupName: required(string),
    BeforeAllowTrafficHook: string,
    AfterAllowTrafficHook: string,
  }),
});

type Policy = NonNullable<Infer<typeof aliasUpdatePolicy>['CodeDeployLambdaAliasUpdate']>;

interface Shift {
  readonly FunctionName: string;
  readonly Name: string;
  readonly from: string;
  readonly to: string;
}

const pollMilliseconds = 1000;

/** Has CodeDeploy bring an alias to another version, and waits until it has; its failure is the resource's. */
export async function shiftTraffic(policy: Policy, shift: Shift, context: ResourceContext): Promise<void> {
  const deploymentId = context.awaited ?? (await createDeployment(policy, shift, context));
  context.awaiting(deploymentId, `Waiting for the CodeDeploy deployment ${deploymentId}`);
  const {status, errorInformation} = await ended(deploymentId, context, true);
  if (status === 'Succeeded') return;
  if (context.cancelled()) throw new ServiceError('Cancelled', 'Resource update cancelled');
  throw new ServiceError(
    'InternalFailure',
    `Resource handler returned message: "${deploymentId} failed. ${errorInformation?.message ?? ''}" (RequestToken: ${randomUUID()}, HandlerErrorCode: InternalFailure)`,
  );
}

/** Before an alias is put back by hand: a deployment that still runs would move it again. */
export async function stopDeployment(deploymentId: string, context: ResourceContext): Promise<void> {
  if (!isEnd(await deployment(deploymentId, context))) await stop(deploymentId, context);
  await ended(deploymentId, context, false);
}

async function createDeployment(policy: Policy, {FunctionName, Name, from, to}: Shift, context: ResourceContext) {
  const {ApplicationName, DeploymentGroupName, BeforeAllowTrafficHook, AfterAllowTrafficHook} = policy;
  const name = FunctionName.startsWith('arn:') ? FunctionName.split(':')[6]! : FunctionName;
  const Hooks = [
    ...(BeforeAllowTrafficHook === undefined ? [] : [{BeforeAllowTraffic: BeforeAllowTrafficHook}]),
    ...(AfterAllowTrafficHook === undefined ? [] : [{AfterAllowTraffic: AfterAllowTrafficHook}]),
  ];
  const Properties = {Name: name, Alias: Name, CurrentVersion: from, TargetVersion: to};
  const content = JSON.stringify({
    version: 0.0,
    Resources: [{[name]: {Type: 'AWS::Lambda::Function', Properties}}],
    Hooks,
  });
  const {deploymentId} = await context.call<{deploymentId: string}>('codedeploy', 'CreateDeployment', {
    applicationName: ApplicationName,
    deploymentGroupName: DeploymentGroupName,
    revision: {revisionType: 'AppSpecContent', appSpecContent: {content}},
  });
  return deploymentId;
}

interface Deployment {
  readonly status: string;
  readonly errorInformation?: {readonly message: string};
  readonly rollbackInfo?: {readonly rollbackDeploymentId?: string};
}

/** The deployment when it has ended, and what takes it back as well. A cancelled update stops it. */
async function ended(deploymentId: string, context: ResourceContext, stoppable: boolean): Promise<Deployment> {
  let stopped = !stoppable;
  for (;;) {
    const found = await deployment(deploymentId, context);
    if (isEnd(found)) {
      const rollback = found.rollbackInfo?.rollbackDeploymentId;
      if (rollback !== undefined) await ended(rollback, context, false);
      return found;
    }
    if (context.cancelled() && !stopped) {
      stopped = true;
      await stop(deploymentId, context);
    }
    await context.pause(pollMilliseconds);
  }
}

async function stop(deploymentId: string, context: ResourceContext): Promise<void> {
  await context.call('codedeploy', 'StopDeployment', {deploymentId, autoRollbackEnabled: true});
}

async function deployment(deploymentId: string, context: ResourceContext): Promise<Deployment> {
  const {deploymentInfo} = await context.call<{deploymentInfo: Deployment}>('codedeploy', 'GetDeployment', {
    deploymentId,
  });
  return deploymentInfo;
}

function isEnd({status}: Deployment): boolean {
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped';
}
