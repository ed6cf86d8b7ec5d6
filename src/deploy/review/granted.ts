import {awsManagedPolicy} from '../../iam/managed-policies.ts';
import {actionsLike, actionsUnlike, type PermissionSet, permissions} from '../../iam/permission-set.ts';
import {resourcesLike, resourcesUnlike} from '../../iam/resource-set.ts';
import type {TemplateAccess} from '../../inventory/read-template-access.ts';
import type {ExecutionRole, IdentityPolicy} from '../../model/execution-role.ts';
import type {Condition, PolicyDocument, Statement} from '../../model/policy.ts';
import {asWritten, isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import {type AccessLine, conditionTexts} from './access-line.ts';

/** What the policies of one role say, statement by statement and pair by pair. */
export interface Granted {
  readonly allows: readonly Pair[];
  readonly denies: readonly Pair[];
  /** Policies whose statements are not known, and parts of statements that are not. */
  readonly unknown: readonly AccessLine[];
  readonly boundary: Boundary | undefined;
}

interface Boundary {
  readonly name: string;
  /** Absent where its document is not known. */
  readonly granted?: Pick<Granted, 'allows' | 'denies' | 'unknown'>;
}

export interface Pair {
  readonly line: Extract<AccessLine, {kind: 'allow' | 'deny'}>;
  readonly conditions: readonly Condition[];
  readonly set: PermissionSet;
}

export const nothingGranted: Granted = {allows: [], denies: [], unknown: [], boundary: undefined};

export function grantedTo(role: ExecutionRole, access: TemplateAccess): Granted {
  const own = access.policies.filter(({roles}) => roles.includes(role.arn));
  const attached = role.managedPolicies.map(({arn, origin}) => {
    const document = isUnresolved(arn) ? undefined : awsManagedPolicy(arn, origin);
    return document === undefined ? opaque(arn) : ofDocument(document, String(arn));
  });
  return {...together([...own.map(ofPolicy), ...attached]), boundary: boundaryOf(role)};
}

/** By itself: nobody can tell here who has it. */
export function grantedBy(policy: IdentityPolicy): Granted {
  return {...ofPolicy(policy), boundary: undefined};
}

type Said = Pick<Granted, 'allows' | 'denies' | 'unknown'>;

function together(parts: readonly Said[]): Said {
  return {
    allows: parts.flatMap(({allows}) => allows),
    denies: parts.flatMap(({denies}) => denies),
    unknown: parts.flatMap(({unknown}) => unknown),
  };
}

function opaque(arn: Resolvable<string>): Said {
  const line: AccessLine = isUnresolved(arn)
    ? {kind: 'unknown', name: `the managed policy ${arn.text}`, reason: arn.reason}
    : {kind: 'managed policy', name: arn};
  return {allows: [], denies: [], unknown: [line]};
}

function boundaryOf({permissionsBoundary: arn, boundaryDocument, origin}: ExecutionRole): Boundary | undefined {
  if (arn === undefined) return undefined;
  const document = boundaryDocument ?? (isUnresolved(arn) ? undefined : awsManagedPolicy(arn, origin));
  if (document === undefined || isUnresolved(document)) return {name: asWritten(arn)};
  return {name: asWritten(arn), granted: ofDocument(document)};
}

function ofPolicy({name, document}: IdentityPolicy): Said {
  if (!isUnresolved(document)) return ofDocument(document);
  const line: AccessLine = {kind: 'unknown', name: `the policy ${name}`, reason: document.reason};
  return {allows: [], denies: [], unknown: [line]};
}

function ofDocument({statements}: PolicyDocument, policy?: string): Said {
  return together(statements.map(statement => ofStatement(statement, policy)));
}

function ofStatement(statement: Statement, policy: string | undefined): Said {
  const unresolved = [
    ...statement.actions,
    ...statement.notActions,
    ...statement.resources,
    ...statement.notResources,
  ].filter(isUnresolved);
  const unknown = unresolved.map(
    ({text, reason}): AccessLine => ({kind: 'unknown', name: `${text} in ${statementName(statement)}`, reason}),
  );
  const pairs = pairsOf(statement, policy);
  return statement.effect === 'Allow' ? {allows: pairs, denies: [], unknown} : {allows: [], denies: pairs, unknown};
}

function statementName({sid, index}: Statement): string {
  return sid === undefined ? `statement ${index + 1}` : `the statement ${sid}`;
}

function pairsOf(statement: Statement, policy: string | undefined): readonly Pair[] {
  const {effect, conditions} = statement;
  const shownConditions = conditionTexts(conditions);
  return actionsOf(statement).flatMap(([action, actions]) =>
    resourcesOf(statement).map(([resource, resources]) => ({
      line: {
        kind: effect === 'Allow' ? 'allow' : 'deny',
        action,
        resource,
        conditions: shownConditions,
        ...(policy === undefined ? {} : {policy}),
      },
      conditions,
      set: permissions(actions, resources),
    })),
  );
}

function actionsOf({actions, notActions}: Statement) {
  if (notActions.length === 0) return known(actions).map(text => [text, actionsLike([text])] as const);
  // One that is not known may be any: what is left of all others is too much, and counts as that.
  const spared = known(notActions);
  return [[`everything but ${notActions.map(asWritten).join(', ')}`, actionsUnlike(spared)] as const];
}

function resourcesOf({resources, notResources}: Statement) {
  if (notResources.length === 0) return known(resources).map(text => [text, resourcesLike(text)] as const);
  return [[`everything but ${notResources.map(asWritten).join(', ')}`, resourcesUnlike(known(notResources))] as const];
}

function known(values: readonly Resolvable<string>[]): readonly string[] {
  return values.filter(value => typeof value === 'string');
}
