import type {SnsStore, Topic} from './store.ts';
import {policyOf} from './topic-attributes.ts';

interface Policy {
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

interface PolicyStatement {
  readonly Sid?: string;
}

/** The topic with its policy's statements changed. */
export function changeStatements(
  topic: Topic,
  store: SnsStore,
  change: (statements: readonly PolicyStatement[]) => readonly PolicyStatement[],
): void {
  const policy = JSON.parse(policyOf(topic.arn, topic.attributes, store.options.account)) as Policy;
  const Statement = change([policy.Statement].flat());
  store.topics.set(topic.arn, {
    ...topic,
    attributes: {...topic.attributes, Policy: JSON.stringify({...policy, Statement})},
  });
}
