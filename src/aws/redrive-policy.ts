import {GearError} from '../errors.ts';
import {isObject} from '../model/is-object.ts';

/** What SQS and SNS answer as a queue's or subscription's `RedrivePolicy`; undefined where there is none. */
export function parseRedrivePolicy(
  text: string | undefined,
): {readonly deadLetterTargetArn: string; readonly maxReceiveCount: number} | undefined {
  if (text === undefined || text === '') return undefined;
  const {deadLetterTargetArn: target = '', maxReceiveCount: count = 10} = membersOf(text);
  // SQS writes the number as a text where it was given as one.
  if (typeof target !== 'string' || !['number', 'string'].includes(typeof count)) throw unreadable(text);
  return {deadLetterTargetArn: target, maxReceiveCount: Number(count)};
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {}
  if (!isObject(policy)) throw unreadable(text);
  return policy;
}

function unreadable(text: string): GearError {
  return new GearError(`The redrive policy cannot be read: ${text.slice(0, 100)}`, {code: 'ANSWER_UNREADABLE'});
}
