import type {Stack, StackStatus} from '../services/cloudformation/model.ts';
import {cleanUp} from './clean-up.ts';
import {deleteStack, rollBackCreation} from './delete.ts';
import {create, update} from './deploy.ts';
import {restore} from './restore.ts';
import type {Run} from './run.ts';

/** What is done to a stack in each status that is not a resting place. */
export const steps: Partial<Record<StackStatus, (stack: Stack, run: Run) => Promise<void>>> = {
  CREATE_IN_PROGRESS: create,
  ROLLBACK_IN_PROGRESS: rollBackCreation,
  UPDATE_IN_PROGRESS: update,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: (stack, run) => cleanUp(stack, run, 'UPDATE_COMPLETE'),
  UPDATE_ROLLBACK_IN_PROGRESS: restore,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: (stack, run) => cleanUp(stack, run, 'UPDATE_ROLLBACK_COMPLETE'),
  DELETE_IN_PROGRESS: deleteStack,
};
