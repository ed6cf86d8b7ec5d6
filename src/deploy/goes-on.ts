import {GearError} from '../errors.ts';

/** Whoever can no longer watch must not believe that it has stopped; `again` is what watches on. */
export function goesOn(error: unknown, stackName: string, again: string): unknown {
  if (!(error instanceof GearError)) return error;
  return new GearError(`${error.message}. CloudFormation goes on with ${stackName}`, {
    code: error.code,
    suggestions: [...error.suggestions, again],
    exit: error.exit,
    cause: error.cause,
  });
}
