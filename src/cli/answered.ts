import {exitCodes, GearError} from '../errors.ts';

/** What somebody answers; ^C, a signal or a closed terminal instead says what was not done: `Nothing was deleted.` */
export async function answered<T>(answer: Promise<T>, undone: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    throw new GearError(`Interrupted. ${undone}`, {code: 'INTERRUPTED', exit: exitCodes.interrupted, cause: error});
  }
}

function isUnanswered(error: unknown): boolean {
  const {name, syscall} = error as NodeJS.ErrnoException;
  return /^(Exit|Abort)PromptError$/.test(name) || syscall === 'setRawMode';
}
