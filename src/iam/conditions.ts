import {asText} from '../model/as-text.ts';
import type {Condition} from '../model/policy.ts';
import {isUnresolved} from '../model/resolvable.ts';
import {type ConditionOperator, parseOperator} from './condition-operators.ts';
import {literalQuestionMark, literalStar} from './glob.ts';
import {type Context, contextValue, substituteVariables} from './policy-variables.ts';

/** All conditions of a statement must hold; `variables` is false for policies of version 2008-10-17. */
export function conditionsHold(conditions: readonly Condition[], context: Context, variables: boolean): boolean {
  return conditions.every(condition => holds(condition, context, variables));
}

function holds(condition: Condition, context: Context, variables: boolean): boolean {
  const parsed = parseOperator(condition.operator);
  if (parsed === undefined) return false;
  const value = contextValue(context, condition.key);
  const given = value === undefined ? undefined : typeof value === 'string' ? [value] : value;
  const {operator, quantifier, ifExists} = parsed;
  if (operator === undefined) {
    const absent = given === undefined || given.length === 0;
    return condition.values.some(wanted => asText(wanted).toLowerCase() === asText(absent));
  }
  if (given === undefined) return ifExists || (quantifier ? quantifier === 'ForAllValues' : operator.negated);
  const wanted = condition.values.flatMap(text => {
    if (isUnresolved(text)) return [];
    const pattern = variables ? substituteVariables(text, context) : text;
    return pattern === undefined ? [] : [pattern];
  });
  const matches = (one: string) => matchesOne(operator, wanted, one);
  if (quantifier === 'ForAllValues') return given.every(matches);
  if (quantifier === 'ForAnyValue') return given.some(matches);
  // A key with several values needs a quantifier; without one AWS leaves the answer open, so the stricter one is given.
  return operator.negated ? given.every(matches) : given.some(matches);
}

function matchesOne(
  {negated, wildcards, compare}: ConditionOperator,
  wanted: readonly string[],
  given: string,
): boolean {
  const found = wanted.some(pattern => compare(wildcards ? pattern : unmarked(pattern), given));
  return negated ? !found : found;
}

/** Operators without wildcards compare the characters themselves. */
function unmarked(pattern: string): string {
  return pattern.replaceAll(literalStar, '*').replaceAll(literalQuestionMark, '?');
}
