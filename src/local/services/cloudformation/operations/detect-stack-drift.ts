import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

/** Done when it is answered: there is nothing here that takes its time. */
export const detectStackDrift = operationOf<CloudFormationStore>()({
  name: 'DetectStackDrift',
  input: structure({StackName: required(string)}),
  permissions: ({StackName}, _context, store) => stackPermission('DetectStackDrift', StackName, store),
  async run({StackName}, context, store) {
    const stack = store.get(StackName, `Stack [${StackName}] does not exist`);
    if (!/^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|UPDATE_ROLLBACK_FAILED)$/.test(stack.status))
      throw invalid(`Drift detection cannot be performed on stack [${stack.stackName}] in status ${stack.status}`);
    const resources = await store.engine.detectDrift(stack, context.caller);
    const detectionId = randomUUID();
    const drift = {detectionId, time: store.now(), resources};
    store.update(stack.stackId, before => ({...before, drift}));
    return {StackDriftDetectionId: detectionId};
  },
});
