import {isMustBeStar, namedCandidates} from '../../narrower-resource.ts';
import type {Edit, Fixer} from '../fix.ts';
import {statementOf, textsOf} from '../statement-of.ts';

export const fixWildcardResource: Fixer = (finding, {template, inventory}) => {
  const statement = statementOf(finding, template);
  if (statement === undefined) return {cannot: 'its statement is not written in this template'};
  const {path, list, members} = statement;
  const actions = textsOf(members.Action);
  const resources = textsOf(members.Resource);
  if (actions === undefined) return {cannot: 'an action of its statement is an intrinsic function'};
  if (resources?.length !== 1) return {cannot: 'its statement names other resources too'};
  const kept = actions.filter(isMustBeStar);
  const narrowed = actions.filter(action => !isMustBeStar(action));
  const candidates = narrowed.map(action => ({action, named: namedCandidates(action, inventory)}));
  const open = candidates.find(({named}) => named.length !== 1);
  if (open !== undefined)
    return {
      cannot:
        open.named.length === 0
          ? `this template has nothing that ${open.action} could name`
          : `this template has ${open.named.length} resources that ${open.action} could name`,
    };
  if (kept.length > 0 && list === undefined) return {cannot: 'its statement stands alone: make it a list'};
  const values = [
    ...new Map(candidates.map(({named: [one]}) => [one!.reference, intrinsicOf(one!.reference)])).values(),
  ];
  const named = [...new Set(candidates.map(({named: [one]}) => one!.name))].join(', ');
  const {Sid: _, ...others} = members;
  const split: Edit[] =
    kept.length === 0
      ? []
      : [
          {set: [...path, 'Action'], value: narrowed.length === 1 ? narrowed[0] : narrowed},
          {append: list!, item: {...others, Action: kept.length === 1 ? kept[0] : kept, Resource: '*'}},
        ];
  return {
    what: `${narrowed.join(', ')} ${narrowed.length === 1 ? 'is' : 'are'} allowed on ${named} only`,
    assumes: `The code uses ${narrowed.join(', ')} on ${named} of this template, and on nothing else.`,
    edits: [{set: [...path, 'Resource'], value: values.length === 1 ? values[0] : values}, ...split],
  };
};

/** `!GetAtt Orders.Arn` -> what CloudFormation makes of it. */
function intrinsicOf(reference: string): unknown {
  const [, name, argument = ''] = /^!(\w+) (.+)$/.exec(reference) ?? [];
  if (name === 'Ref') return {Ref: argument};
  const dot = argument.indexOf('.');
  return name === 'Sub'
    ? {'Fn::Sub': argument.replace(/^"(.*)"$/, '$1')}
    : {'Fn::GetAtt': [argument.slice(0, dot), argument.slice(dot + 1)]};
}
