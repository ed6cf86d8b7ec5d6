import {createHash} from 'node:crypto';
import type {Evidence} from '../model/finding.ts';
import type {Detection} from './define-rule.ts';

/**
 * What a finding is, apart from where it stands and how it is worded: moving a statement or another build's size
 * change nothing, another action or resource is another finding.
 */
export function fingerprint(rule: string, resource: string, {evidence, key = ''}: Detection): string {
  const identity = [rule, resource, unordered(evidence.action), unordered(evidence.resource), key];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

/** A finding about several actions or resources lists them as the template does, whose order means nothing. */
function unordered(value: Evidence[string] = ''): Evidence[string] {
  if (typeof value !== 'string') return value;
  const separator = / \+ |, /.exec(value)?.[0];
  return separator === undefined ? value : value.split(separator).sort().join(separator);
}
