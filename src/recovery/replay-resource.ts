import type {StackResource} from '../aws/stack-resources.ts';
import {GearError} from '../errors.ts';

/** The physical ID of what `Metadata.Gear.Replay` names. */
export function replayResource(resources: readonly StackResource[], logicalId: string, stackName: string): string {
  const found = resources.find(resource => resource.logicalId === logicalId);
  if (found === undefined)
    throw new GearError(`Metadata.Gear.Replay names ${logicalId}, and the stack ${stackName} has no such resource`, {
      code: 'REPLAY_INVALID',
    });
  return found.physicalId;
}
