import {parseEventPattern} from '../../event-pattern.ts';
import {EventPatternError} from '../../event-pattern-language.ts';
import {invalidParameter} from './errors.ts';

/**
 * What Lambda's list of filter rules has of the comparisons of event patterns; wildcard and cidr are EventBridge's.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
const comparisons = ['exists', 'prefix', 'suffix', 'equals-ignore-case', 'numeric', 'anything-but'];

/** Refuses what is no pattern, and what is one that Lambda does not understand. */
export function checkFilterPattern(pattern: string): void {
  try {
    parseEventPattern(pattern, comparisons);
  } catch (error) {
    if (!(error instanceof EventPatternError)) throw error;
    throw invalidParameter(`Invalid filter pattern definition. ${error.message}`);
  }
}
