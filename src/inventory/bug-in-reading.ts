import {GearError} from '../errors.ts';

/**
 * An error of gear's own in the reading of one file, as an error about that file: the others are still audited, and
 * the command fails.
 */
export function bugInReading(file: string, cause: unknown): GearError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new GearError(`${file} cannot be read, by a bug in gear: ${message}`, {
    code: 'READER_FAILED',
    suggestions: ['send this file to the makers of gear, as far as it may be shown'],
    cause,
  });
}
