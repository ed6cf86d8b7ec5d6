import {randomUUID} from 'node:crypto';
import type {Access} from '../access/access.ts';
import type {AssumedRole} from '../caller.ts';
import {sessionOf} from '../role-session.ts';
import {deploymentConfig, nextWeight} from '../services/codedeploy/deployment-configs.ts';
import type {DeploymentRecord, LifecycleEvent} from '../services/codedeploy/records.ts';
import type {CodedeployStore} from '../services/codedeploy/store.ts';
import {activeAlarms} from './deployment-alarms.ts';
import {DeploymentFailure, endDeployment, failureOf} from './end-deployment.ts';

export interface StepOptions {
  readonly store: CodedeployStore;
  readonly access: Pick<Access, 'call'>;
}

export interface StepResult {
  /** When to look again; at once when it is not said. */
  readonly due?: number;
  /** Another deployment, which begins now. */
  readonly next?: string | undefined;
}

const minute = 60_000;
/** Twice as often as CloudWatch evaluates them: a state set by hand stands until it does. */
const alarmInterval = 5_000;
/** https://docs.aws.amazon.com/codedeploy/latest/userguide/tutorial-lambda-sam.html: a hook that says nothing for an hour has failed. */
const hookTimeout = 60 * minute;

/** The next thing that a deployment does, whatever wakes it: an alarm looked at, a hook called, a share of the traffic shifted. */
export async function deploymentStep(deployment: DeploymentRecord, options: StepOptions): Promise<StepResult> {
  const {store} = options;
  const role = sessionOf(deployment.serviceRoleArn, deployment.deploymentId, 'codedeploy');
  try {
    if (deployment.status === 'Created') return start(deployment, store);
    if (deployment.stopRequested !== undefined)
      throw new DeploymentFailure('MANUAL_STOP', 'The deployment was stopped by a user.', 'Stopped');
    const alarms = await activeAlarms(deployment, role, options);
    if (alarms.length > 0)
      throw new DeploymentFailure(
        'ALARM_ACTIVE',
        `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${alarms.map(name => `<${name}>`).join(' ')}`,
        'Stopped',
      );
    const current = store.deployment(deployment.deploymentId);
    const event = current.lifecycleEvents.find(({status}) => status !== 'Succeeded');
    if (event === undefined) return {next: endDeployment(current, 'Succeeded', undefined, store)};
    if (event.lifecycleEventName === 'AllowTraffic') return await allowTraffic(current, event, role, options);
    return await runHook(current, event, role, options);
  } catch (error) {
    const {status, ...information} = failureOf(error, deployment);
    // A step may have written before it failed.
    return {next: endDeployment(store.deployment(deployment.deploymentId), status, information, store)};
  }
}

function start(deployment: DeploymentRecord, store: CodedeployStore): StepResult {
  const {serviceRoleArn} = deployment;
  const trusts = {service: 'codedeploy.amazonaws.com', sourceAccount: store.options.account};
  if (!store.options.identity.trusts(serviceRoleArn, trusts))
    throw new DeploymentFailure(
      'IAM_ROLE_MISSING',
      `AWS CodeDeploy does not have the permissions required to assume the role ${serviceRoleArn}.`,
    );
  store.setDeployment({...deployment, status: 'InProgress', startTime: store.now()});
  return {};
}

async function allowTraffic(
  deployment: DeploymentRecord,
  event: LifecycleEvent,
  role: AssumedRole,
  {store, access}: StepOptions,
): Promise<StepResult> {
  const {name: FunctionName, alias: Name, currentVersion, targetVersion} = deployment.function;
  const now = store.now();
  if (event.status === 'Pending') {
    const {FunctionVersion} = await access.call<{FunctionVersion: string}>(role, 'lambda', 'GetAlias', {
      FunctionName,
      Name,
    });
    // A rollback finds the alias wherever the deployment before it left it.
    if (deployment.creator === 'user' && FunctionVersion !== currentVersion)
      throw new DeploymentFailure(
        'INVALID_LAMBDA_CONFIGURATION',
        'The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration. The Lambda function alias version does not match the current version in AppSpec file.',
      );
    const current = store.deployment(deployment.deploymentId);
    store.setDeployment(withEvent(current, {...event, status: 'InProgress', startTime: now}));
    return {};
  }
  if (deployment.nextShift !== undefined && deployment.nextShift > now) return {due: lookAgain(deployment, now)};
  const config = deploymentConfig(deployment.deploymentConfigName);
  const weight = nextWeight(config, deployment.weight);
  await access.call(role, 'lambda', 'UpdateAlias', {
    FunctionName,
    Name,
    FunctionVersion: weight < 1 ? currentVersion : targetVersion,
    RoutingConfig: {AdditionalVersionWeights: weight < 1 ? {[targetVersion]: weight} : {}},
  });
  // What was asked of the deployment meanwhile, such as to stop, stays.
  const {nextShift: _, ...current} = store.deployment(deployment.deploymentId);
  if (weight < 1) store.setDeployment({...current, weight, nextShift: now + config.minutes * minute});
  else store.setDeployment(withEvent({...current, weight}, {...event, status: 'Succeeded', endTime: now}));
  return {};
}

function lookAgain({nextShift = 0, alarmConfiguration}: DeploymentRecord, now: number): number {
  return alarmConfiguration?.enabled ? Math.min(nextShift, now + alarmInterval) : nextShift;
}

/** A hook is a function that is told of the deployment, and says by PutLifecycleEventHookExecutionStatus how it went. */
async function runHook(
  deployment: DeploymentRecord,
  event: LifecycleEvent,
  role: AssumedRole,
  {store, access}: StepOptions,
): Promise<StepResult> {
  const {lifecycleEventName, status, startTime = store.now()} = event;
  const hook = deployment.function.hooks[lifecycleEventName];
  const now = store.now();
  if (hook === undefined) {
    store.setDeployment(withEvent(deployment, {...event, status: 'Succeeded', startTime: now, endTime: now}));
    return {};
  }
  if (status === 'Failed' || (status === 'InProgress' && now >= startTime + hookTimeout))
    throw new DeploymentFailure(
      'HOOK_EXECUTION_FAILURE',
      status === 'Failed'
        ? `The lifecycle event hook ${lifecycleEventName} (${hook}) reported Failed.`
        : `The lifecycle event hook ${lifecycleEventName} (${hook}) did not report its status within an hour.`,
    );
  if (status === 'InProgress') {
    const due = startTime + hookTimeout;
    return {due: deployment.alarmConfiguration?.enabled ? Math.min(due, now + alarmInterval) : due};
  }
  const hookExecutionId = Buffer.from(JSON.stringify({lifecycleEventName, id: randomUUID()})).toString('base64');
  const started = withEvent({...deployment, hookExecutionId}, {...event, status: 'InProgress', startTime: now});
  // Known before the function runs: it may answer at once.
  store.setDeployment(started);
  await access.call(role, 'lambda', 'Invoke', {
    FunctionName: hook,
    InvocationType: 'Event',
    Payload: Buffer.from(
      JSON.stringify({DeploymentId: deployment.deploymentId, LifecycleEventHookExecutionId: hookExecutionId}),
    ),
  });
  return {};
}

function withEvent(deployment: DeploymentRecord, event: LifecycleEvent): DeploymentRecord {
  const lifecycleEvents = deployment.lifecycleEvents.map(one =>
    one.lifecycleEventName === event.lifecycleEventName ? event : one,
  );
  return {...deployment, lifecycleEvents};
}
