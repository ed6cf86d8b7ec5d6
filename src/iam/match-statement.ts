import type {NamedPolicy, Statement} from '../model/policy.ts';
import {asWritten, isUnresolved, type Resolvable} from '../model/resolvable.ts';
import {conditionsHold} from './conditions.ts';
import {matchesAction, matchesResource} from './match.ts';
import {type Context, substituteVariables} from './policy-variables.ts';

/** One pattern pair of a statement that applies to a request: what an account of used permissions counts. */
export interface StatementMatch {
  readonly policy: string;
  readonly sid?: string;
  readonly index: number;
  readonly effect: Statement['effect'];
  /** The pattern as written; `NotAction a, b` for a statement that has no Action. */
  readonly action: string;
  readonly resource: string;
}

export interface ActionRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** The pattern pairs by which a statement applies; none when it does not. An unresolved pattern applies to nothing. */
export function matchStatement(policy: NamedPolicy, statement: Statement, request: ActionRequest): StatementMatch[] {
  const actions = matchingActions(statement, request.action);
  if (actions.length === 0) return [];
  const variables = policy.document.version === '2012-10-17';
  const resources = matchingResources(statement, request, variables);
  if (resources.length === 0) return [];
  if (statement.conditions.length > 0 && !conditionsHold(statement.conditions, request.context, variables)) return [];
  const {sid, index, effect} = statement;
  return actions.flatMap(action =>
    resources.map(resource => ({policy: policy.name, ...(sid ? {sid} : {}), index, effect, action, resource})),
  );
}

/** Every pair that a statement grants or denies, as `matchStatement` names them. */
export function patternPairs(statement: Statement): {readonly action: string; readonly resource: string}[] {
  const actions = statement.actions.length > 0 ? statement.actions.map(asWritten) : [notAction(statement)];
  const resources = statement.resources.length > 0 ? statement.resources.map(asWritten) : [notResource(statement)];
  return actions.flatMap(action => resources.map(resource => ({action, resource})));
}

function matchingActions(statement: Statement, action: string): readonly string[] {
  const matches = (pattern: Resolvable<string>): pattern is string =>
    !isUnresolved(pattern) && matchesAction(pattern, action);
  if (statement.notActions.length === 0) return statement.actions.filter(matches);
  return statement.notActions.some(matches) ? [] : [notAction(statement)];
}

function matchingResources(statement: Statement, request: ActionRequest, variables: boolean): readonly string[] {
  const matches = (pattern: Resolvable<string>): pattern is string => {
    if (isUnresolved(pattern)) return false;
    const text = variables ? substituteVariables(pattern, request.context) : pattern;
    return text !== undefined && matchesResource(text, request.resource);
  };
  if (statement.resources.length > 0) return statement.resources.filter(matches);
  // A trust policy and some resource policies name no resource: they speak of the one they are attached to.
  return statement.notResources.some(matches) ? [] : [notResource(statement)];
}

function notAction({notActions}: Statement): string {
  return `NotAction ${notActions.map(asWritten).join(', ')}`;
}

function notResource({notResources}: Statement): string {
  return notResources.length === 0 ? '*' : `NotResource ${notResources.map(asWritten).join(', ')}`;
}
