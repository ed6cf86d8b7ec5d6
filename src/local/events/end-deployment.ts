import {ServiceError} from '../service-error.ts';
import {newRollback} from '../services/codedeploy/new-deployment.ts';
import type {DeploymentRecord, ErrorInformation} from '../services/codedeploy/records.ts';
import type {CodedeployStore} from '../services/codedeploy/store.ts';

/** Why a deployment ends before its end. */
export class DeploymentFailure extends Error {
  readonly code: string;
  readonly status: 'Failed' | 'Stopped';

  constructor(code: string, message: string, status: 'Failed' | 'Stopped' = 'Failed') {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** CodeDeploy says which service refused the role; the sentence of that service says which action. */
export function failureOf(
  error: unknown,
  {serviceRoleArn}: DeploymentRecord,
): ErrorInformation & Pick<DeploymentFailure, 'status'> {
  if (error instanceof DeploymentFailure) return {code: error.code, message: error.message, status: error.status};
  if (!(error instanceof ServiceError)) throw error;
  if (/AccessDenied/.test(error.code)) {
    const service = error.message.includes(' cloudwatch:') ? 'AmazonCloudWatch' : 'AWSLambda';
    const message = `The IAM role ${serviceRoleArn} does not give you permission to perform operations in the following AWS service: ${service}. Contact your AWS administrator if you need help. If you are an AWS administrator, you can grant permissions to your users or groups by creating IAM policies. (${error.message})`;
    return {code: 'IAM_ROLE_PERMISSIONS', message, status: 'Failed'};
  }
  return {code: 'INVALID_LAMBDA_FUNCTION', message: error.message, status: 'Failed'};
}

/** Ends a deployment and, where its group asks for it, makes the one that takes it back; answers the ID of that. */
export function endDeployment(
  deployment: DeploymentRecord,
  status: 'Succeeded' | 'Failed' | 'Stopped',
  errorInformation: ErrorInformation | undefined,
  store: CodedeployStore,
): string | undefined {
  const now = store.now();
  const {nextShift: _, hookExecutionId: __, ...rest} = deployment;
  const ended: DeploymentRecord = {
    ...rest,
    status,
    completeTime: now,
    lifecycleEvents: status === 'Succeeded' ? deployment.lifecycleEvents : cutOff(deployment, now),
    ...(errorInformation !== undefined && {errorInformation}),
  };
  const rollback = rollsBack(ended) ? newRollback(ended, store) : undefined;
  if (rollback === undefined) {
    store.setDeployment(ended);
    return undefined;
  }
  const {deploymentId} = rollback;
  store.options.state.transaction(() => {
    store.setDeployment(rollback);
    store.setDeployment({
      ...ended,
      rollbackInfo: {
        rollbackDeploymentId: deploymentId,
        rollbackMessage: `Deployment ${ended.deploymentId} terminated. Automatic rollback is triggered with a DeploymentId ${deploymentId}.`,
      },
    });
  });
  return deploymentId;
}

/** What was under way has failed, what would have come is skipped. */
function cutOff({lifecycleEvents}: DeploymentRecord, now: number): DeploymentRecord['lifecycleEvents'] {
  const at = lifecycleEvents.findIndex(({status}) => status !== 'Succeeded');
  return lifecycleEvents.map((event, index) => {
    if (index < at || at < 0) return event;
    if (index > at) return {...event, status: 'Skipped'};
    return {...event, status: 'Failed', startTime: event.startTime ?? now, endTime: event.endTime ?? now};
  });
}

function rollsBack({
  status,
  errorInformation,
  creator,
  stopRequested,
  autoRollbackConfiguration,
}: DeploymentRecord): boolean {
  if (status === 'Succeeded' || creator === 'codeDeployRollback') return false;
  if (stopRequested?.rollBack) return true;
  const {enabled = false, events = []} = autoRollbackConfiguration ?? {};
  const event =
    status === 'Failed'
      ? 'DEPLOYMENT_FAILURE'
      : errorInformation?.code === 'ALARM_ACTIVE'
        ? 'DEPLOYMENT_STOP_ON_ALARM'
        : 'DEPLOYMENT_STOP_ON_REQUEST';
  return enabled && events.includes(event);
}
