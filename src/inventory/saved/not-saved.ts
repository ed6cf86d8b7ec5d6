import {GearError} from '../../errors.ts';

/** It was never asked, or the reading was interrupted before: not checked, and no reason to give up the rest. */
export const notSavedCode = 'NOT_SAVED';

export function notSaved(message: string): GearError {
  return new GearError(message, {code: notSavedCode});
}
