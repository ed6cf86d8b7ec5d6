import {Flags} from '@oclif/core';
import {type AnyRule, groupOf} from '../audit/define-rule.ts';
import {GearError} from '../errors.ts';
import {nearest} from '../model/nearest.ts';

const list = (description: string) =>
  Flags.string({description, multiple: true, multipleNonGreedy: true, delimiter: ',', helpValue: 'RULE'});

export const ruleChoiceFlags = {
  only: list('Run these rules only, such as iam/shared-role, or a group such as iam; may be repeated'),
  skip: list('Run all rules but these'),
};

/** A name that is none would leave a gate open, or closed, without a word. */
export function chooseRules(
  rules: readonly AnyRule[],
  {only, skip = []}: {readonly only?: readonly string[] | undefined; readonly skip?: readonly string[] | undefined},
): readonly AnyRule[] {
  const ids = rules.map(({id}) => id);
  const groups = new Set(ids.map(groupOf));
  for (const name of [...(only ?? []), ...skip]) if (!groups.has(name) && !ids.includes(name)) throw unknown(name, ids);
  const isNamed = ({id}: AnyRule, names: readonly string[]) => names.includes(id) || names.includes(groupOf(id));
  const chosen = rules.filter(rule => (only === undefined || isNamed(rule, only)) && !isNamed(rule, skip));
  if (chosen.length === 0) throw new GearError('No rule is left: --skip takes away all of them', {code: 'USAGE'});
  return chosen;
}

function unknown(name: string, ids: readonly string[]): GearError {
  const meant = nearest(name, [...new Set(ids.map(groupOf)), ...ids]) ?? ids.find(id => id.endsWith(`/${name}`));
  return new GearError(`There is no rule and no group of rules ${name} here`, {
    code: 'UNKNOWN_RULE',
    suggestions: meant === undefined ? [...new Set(ids.map(groupOf))] : [meant],
  });
}

/** The rule that was meant, or all of its group, or all. */
export function unknownRule(id: string, known: readonly string[]): GearError {
  const meant = nearest(id, known) ?? known.find(rule => rule.endsWith(`/${id}`));
  const group = known.filter(rule => rule.startsWith(`${id.split('/')[0]}/`));
  return new GearError(`There is no rule ${id}`, {
    code: 'UNKNOWN_RULE',
    suggestions: (meant === undefined ? (group.length > 0 ? group : known) : [meant]).map(
      rule => `gear audit --explain ${rule}`,
    ),
  });
}
