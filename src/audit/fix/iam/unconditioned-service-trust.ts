import type {Fixer} from '../fix.ts';
import {statementOf} from '../statement-of.ts';

export const fixUnconditionedServiceTrust: Fixer = (finding, {template}) => {
  const statement = statementOf(finding, template);
  if (statement === undefined) return {cannot: 'its statement is not written in this template'};
  const {path, members} = statement;
  const {Service} = (members.Principal ?? {}) as {readonly Service?: unknown};
  if (typeof Service !== 'string' && (!Array.isArray(Service) || Service.length !== 1))
    return {cannot: 'its statement trusts others too, and not all of them send aws:SourceAccount'};
  if (members.Condition !== undefined) return {cannot: 'its statement has conditions already'};
  return {
    what: `${finding.evidence.principal} can assume ${finding.resource} on behalf of its own account only`,
    assumes: 'What makes the service assume the role stands in the same account.',
    edits: [{set: [...path, 'Condition'], value: {StringEquals: {'aws:SourceAccount': {Ref: 'AWS::AccountId'}}}}],
  };
};
