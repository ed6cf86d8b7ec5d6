import {matchesEventPattern, parseEventPattern} from '../../event-pattern.ts';
import type {Message, MessageAttribute} from './message.ts';
import type {Subscription} from './store.ts';

/**
 * Whether a subscription wants a message.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function wants({attributes, protocol}: Subscription, message: Message): boolean {
  if (attributes.FilterPolicy === undefined) return true;
  const policy = parseEventPattern(attributes.FilterPolicy);
  if (attributes.FilterPolicyScope !== 'MessageBody') return matchesEventPattern(policy, attributeValues(message));
  try {
    const body: unknown = JSON.parse(message.text(protocol));
    return typeof body === 'object' && body !== null && matchesEventPattern(policy, body);
  } catch {
    return false;
  }
}

function attributeValues({attributes}: Message): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]) => {
      const value = filteredValue(attribute);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Binary attributes take no part in filtering. */
function filteredValue({type, value}: MessageAttribute): unknown {
  if (type.startsWith('Binary')) return undefined;
  if (type.startsWith('Number')) return Number(value);
  if (type !== 'String.Array') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
