import {createHash} from 'node:crypto';
import type {Detection} from './define-rule.ts';

/**
 * What a finding is, apart from where it stands and how it is worded: moving a statement or another build's size
 * change nothing, another action or resource is another finding.
 */
export function fingerprint(rule: string, resource: string, {evidence, key = ''}: Detection): string {
  const identity = [rule, resource, evidence.action ?? '', evidence.resource ?? '', key];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}
