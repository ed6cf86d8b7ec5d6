import {checkEventPattern, comparisons, type Fields, isFields, type Json} from './event-pattern-language.ts';

/** An event pattern that has been looked over: rules of EventBridge, filters of SNS and of event source mappings. */
export type EventPattern = Fields;

/**
 * Throws EventPatternError for what is not JSON, not a pattern, or uses a comparison that is not known: every one of the
 * language, unless the service knows fewer.
 */
export function parseEventPattern(text: string, known: readonly string[] = Object.keys(comparisons)): EventPattern {
  return checkEventPattern(text, known);
}

/**
 * Whether every field that the pattern names is in the event with a value that it allows. A list in the event fits when
 * one of its members does; all that is asked of one object in a list must be true of the same object.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matchesEventPattern(pattern: EventPattern, event: unknown): boolean {
  return matchesFields(pattern, event as Json);
}

function matchesFields(pattern: Fields, event: Json | undefined): boolean {
  if (Array.isArray(event)) return (event as Json[]).some(member => isFields(member) && matchesFields(pattern, member));
  return Object.entries(pattern).every(([field, expected]) => {
    if (field === '$or') return (expected as Fields[]).some(one => matchesFields(one, event));
    const value = isFields(event) && Object.hasOwn(event, field) ? event[field] : undefined;
    if (isFields(expected)) return matchesFields(expected, value);
    return (expected as Json[]).some(rule => matchesRule(rule, value));
  });
}

function matchesRule(rule: Json, value: Json | undefined): boolean {
  if (Array.isArray(value)) {
    const members = value as readonly Json[];
    return members.length === 0 ? matchesRule(rule, undefined) : members.some(member => matchesRule(rule, member));
  }
  if (!isFields(rule)) return value === rule;
  const [[name, argument]] = Object.entries(rule) as [[string, Json]];
  return comparisons[name]!.holds(value, argument);
}
