import {describeFileError, exitCodes, GearError, isAborted} from '../errors.ts';
import {usageError} from './usage-error.ts';

export interface DescribedError {
  readonly code: string;
  readonly message: string;
  readonly suggestions: readonly string[];
  readonly exit: number;
  /** What a person reads. */
  readonly text: string;
}

/** `command` is the one whose help would have told; `shown` makes of what is proposed what can be typed here. */
export function describeError(
  error: Error,
  command?: string,
  shown: (suggestion: string) => string = suggestion => suggestion,
): DescribedError {
  // ^C at a question that is asked before anything else.
  if (error.name === 'ExitPromptError')
    return described('INTERRUPTED', 'Interrupted. Nothing was done.', [], exitCodes.interrupted);
  // The person who did it knows.
  if (isAborted(error)) return {...described('INTERRUPTED', 'Interrupted', [], exitCodes.interrupted), text: ''};
  if (error instanceof GearError) return described(error.code, error.message, error.suggestions.map(shown), error.exit);
  const refused = describeFileError(error);
  if (refused instanceof GearError) return describeError(refused, command, shown);
  if ('oclif' in error) return describeError(usageError(error, command), command, shown);
  return {
    ...described('BUG', error.message, [], exitCodes.bug),
    text: `This is a bug in gear, not in what you did. Please report it with what follows:\n\n${error.stack ?? error.message}`,
  };
}

function described(code: string, message: string, suggestions: readonly string[], exit: number): DescribedError {
  const first = code === 'INTERRUPTED' ? message : `Error: ${message}`;
  const text = [first, ...suggestions.map(suggestion => `  Try: ${suggestion}`)].join('\n');
  return {code, message, suggestions, exit, text};
}
