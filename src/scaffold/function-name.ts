import {GearError} from '../errors.ts';
import {wordsOf} from './words-of.ts';

export const functionNameRule =
  'a function name has 2 to 32 lower-case letters, digits and single hyphens, begins with a letter and does not end with a hyphen';

export function isFunctionName(name: string): boolean {
  return /^[a-z](?:-?[a-z0-9])+$/.test(name) && name.length <= 32;
}

export function requireFunctionName(name: string): string {
  if (isFunctionName(name)) return name;
  throw new GearError(`${JSON.stringify(name)} cannot be a function's name: ${functionNameRule}`, {
    code: 'FUNCTION_NAME_INVALID',
    suggestions: [suggestFunctionName(name)],
  });
}

/** What the function's logical IDs begin with: `notify-buyer` is `NotifyBuyer`. */
export function logicalPrefix(name: string): string {
  return name
    .split('-')
    .map(word => word[0]!.toUpperCase() + word.slice(1))
    .join('');
}

export function suggestFunctionName(name: string): string {
  const kept = wordsOf(name)
    .join('-')
    .replace(/^[\d-]+/, '')
    .slice(0, 32)
    .replace(/-$/, '');
  return isFunctionName(kept) ? kept : 'notify';
}
