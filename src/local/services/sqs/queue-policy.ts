import type {Queue} from './queue.ts';

interface PolicyStatement {
  readonly Sid?: string;
}

export function statementsOf(queue: Queue): PolicyStatement[] {
  const {Policy: text} = queue.record.attributes;
  if (text === undefined) return [];
  const {Statement: statements} = JSON.parse(text) as {Statement: PolicyStatement | PolicyStatement[]};
  return [statements].flat();
}

/** The queue's policy with other statements; without any there is none. */
export function withStatements(queue: Queue, arn: string, statements: readonly PolicyStatement[]): string {
  if (statements.length === 0) return '';
  const {Policy: text} = queue.record.attributes;
  const policy = text === undefined ? {Version: '2012-10-17', Id: `${arn}/SQSDefaultPolicy`} : JSON.parse(text);
  return JSON.stringify({...policy, Statement: statements});
}
