import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {exception} from '../errors.ts';
import {hasEnded} from '../records.ts';
import type {CodedeployStore} from '../store.ts';

export const putLifecycleEventHookExecutionStatus = operationOf<CodedeployStore>()({
  name: 'PutLifecycleEventHookExecutionStatus',
  input: structure({
    deploymentId: required(string),
    lifecycleEventHookExecutionId: required(string),
    status: required(string),
  }),
  permissions: () => [{action: 'codedeploy:PutLifecycleEventHookExecutionStatus', resource: '*'}],
  run({deploymentId, lifecycleEventHookExecutionId, status}, _context, store) {
    const deployment = store.deployment(deploymentId);
    if (status !== 'Succeeded' && status !== 'Failed')
      throw exception(
        'InvalidLifecycleEventHookExecutionStatus',
        `The status ${status} is not valid: it must be Succeeded or Failed.`,
      );
    const running = deployment.lifecycleEvents.find(event => event.status === 'InProgress');
    if (hasEnded(deployment) || running === undefined || deployment.hookExecutionId === undefined)
      throw exception('LifecycleEventAlreadyCompleted', 'The lifecycle event has already completed.');
    if (deployment.hookExecutionId !== lifecycleEventHookExecutionId)
      throw exception('InvalidLifecycleEventHookExecutionId', 'The lifecycle event hook execution ID is not valid.');
    const {hookExecutionId: _, ...rest} = deployment;
    const lifecycleEvents = deployment.lifecycleEvents.map(event =>
      event === running ? ({...event, status, endTime: store.now()} as const) : event,
    );
    store.setDeployment({...rest, lifecycleEvents});
    store.wake(deploymentId);
    return {lifecycleEventHookExecutionId};
  },
});
