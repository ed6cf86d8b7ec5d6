import {randomBytes} from 'node:crypto';
import {validationError} from './errors.ts';

export function checkName(member: string, name: string, longest: number): void {
  if (name.length < 1 || name.length > longest)
    throw constraint(member, name, `Member must have length less than or equal to ${longest}`);
  if (!/^[\w+=,.@-]+$/.test(name))
    throw validationError(
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
}

export function checkPath(path: string): void {
  if (!/^(\/|\/[\x21-\x7e]{1,510}\/)$/.test(path))
    throw validationError(
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
}

export function checkMaxSessionDuration(seconds: number): void {
  if (seconds < 3600 || seconds > 43_200)
    throw constraint('maxSessionDuration', String(seconds), 'Member must have value between 3600 and 43200');
}

/** `AROA...` for a role, `ANPA...` for a managed policy. */
export function uniqueId(prefix: 'AROA' | 'ANPA'): string {
  return prefix + Array.from(randomBytes(17), byte => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('');
}

function constraint(member: string, value: string, rule: string) {
  return validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
}
