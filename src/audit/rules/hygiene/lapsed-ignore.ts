import {defineRule} from '../../define-rule.ts';
import {hasRunOut} from '../../suppress.ts';

export default defineRule({
  id: 'hygiene/lapsed-ignore',
  subject: 'inventory',
  severity: 'low',
  title: 'An ignore has run out, names no rule, or cannot be understood',
  why: 'It has no effect: what it was to keep quiet is reported again.',
  remedy: 'Settle the finding, or renew the ignore with its reason.',
  since: '0.1.0',
  examples: {
    bad: 'Metadata: {Gear: {Ignore: [{rule: iam/wildcard-resource, reason: migration, expires: 2020-01-01}]}}',
    good: 'Metadata: {Gear: {Ignore: [{rule: iam/wildcard-resource, reason: The vendor’s bucket names are random}]}}',
  },
  *check({ignores}, {today, knownRules}) {
    for (const ignore of ignores) {
      const problem =
        ignore.problem ??
        (knownRules.includes(ignore.rule) ? undefined : 'there is no such rule') ??
        (hasRunOut(ignore, today) ? `it ran out on ${ignore.expires}` : undefined);
      if (problem !== undefined)
        yield {
          message: `the ignore of ${ignore.rule === '' ? 'a rule' : ignore.rule} has no effect: ${problem}`,
          resource: ignore.resource,
          origin: ignore.origin,
          evidence: {rule: ignore.rule, problem},
          key: ignore.rule,
        };
    }
  },
});
