import type {Message} from '@aws-sdk/client-sqs';
import {attributesOf, bodyOf} from './dead-letter.ts';
import {valueAt} from './value-at.ts';

export type MessageFilter = (message: Message) => boolean;

/**
 * `TEXT` is found anywhere in the body or in an attribute; `KEY=VALUE` is a message attribute, or a member of a JSON
 * body by its path (`detail.order.id`, `Records.0.s3.bucket.name`). A message has to pass all of them.
 */
export function messageFilter(filters: readonly string[]): MessageFilter {
  const tests = filters.map(one);
  return message => tests.every(test => test(message));
}

/** The same for a record of a table: `cause.name=Unavailable`. */
export function recordFilter(filters: readonly string[]): (record: unknown) => boolean {
  const tests = filters.map(filter => {
    const {key, value} = keyAndValue(filter);
    return key === undefined
      ? (record: unknown) => JSON.stringify(record).includes(filter)
      : (record: unknown) => isText(valueAt(record, key), value);
  });
  return record => tests.every(test => test(record));
}

function one(filter: string): MessageFilter {
  const {key, value} = keyAndValue(filter);
  if (key === undefined)
    return message => [message.Body ?? '', ...Object.values(attributesOf(message))].some(text => text.includes(filter));
  return message => {
    const attribute = attributesOf(message)[key];
    if (attribute !== undefined) return attribute === value;
    return isText(valueAt(bodyOf(message.Body ?? ''), key), value);
  };
}

function keyAndValue(filter: string): {readonly key: string | undefined; readonly value: string | undefined} {
  const [, key, value] = /^([A-Za-z_$][\w.$-]*)=(.*)$/s.exec(filter) ?? [];
  return {key, value};
}

function isText(found: unknown, text: string | undefined): boolean {
  return found !== undefined && (typeof found === 'string' ? found : JSON.stringify(found)) === text;
}
