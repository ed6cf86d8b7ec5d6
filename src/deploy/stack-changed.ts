import {GearError} from '../errors.ts';

/** The error when another deployment came first; undefined for any other refusal. */
export function stackChanged(stackName: string, error: unknown): GearError | undefined {
  if (!(error instanceof Error) || error instanceof GearError) return undefined;
  const gone = /^ChangeSetNotFound(Exception)?$/.test(error.name);
  if (
    !gone &&
    !/already exists and cannot be created again|is in \w+_IN_PROGRESS state and can ?not be updated/.test(
      error.message,
    )
  )
    return undefined;
  return changedMeanwhile(stackName, error);
}

export function changedMeanwhile(stackName: string, cause: unknown): GearError {
  return new GearError(
    `Another deployment changed ${stackName} in the meantime, and nothing of this one was executed`,
    {
      code: 'STACK_CHANGED',
      suggestions: ['the same command again: it starts from what the stack is now'],
      cause,
    },
  );
}
