import {exitCodes, GearError} from '../errors.ts';

/** What somebody answers; ^C instead of an answer says what was not done: `Nothing was deleted.` */
export async function answered<T>(answer: Promise<T>, undone: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    throw new GearError(`Interrupted. ${undone}`, {code: 'INTERRUPTED', exit: exitCodes.interrupted, cause: error});
  }
}
