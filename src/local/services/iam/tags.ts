import {invalidInput, limitExceeded} from './errors.ts';
import type {Tag} from './records.ts';

/** The tags with `added` put in or over; keys differ in more than case. */
export function mergeTags(tags: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const keys = added.map(({Key}) => Key.toLowerCase());
  if (new Set(keys).size < keys.length)
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  for (const {Key} of added)
    if (Key.toLowerCase().startsWith('aws:') && !Key.startsWith('aws:cloudformation:'))
      throw invalidInput('Tag keys beginning with aws: are reserved for system use.');
  const merged = [...tags.filter(({Key}) => !keys.includes(Key.toLowerCase())), ...added];
  if (merged.length > 50) throw limitExceeded('The number of tags has reached the maximum limit.');
  return merged;
}

export function withoutTags(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const removed = keys.map(key => key.toLowerCase());
  return tags.filter(({Key}) => !removed.includes(Key.toLowerCase()));
}
