import {describeAction} from '../iam/catalogue.ts';
import {covers} from '../iam/covers.ts';
import {awsManagedPolicy} from '../iam/managed-policies.ts';
import {coversResource} from '../iam/match.ts';
import {counted} from '../model/counted.ts';
import type {ExecutionRole} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {LambdaFunction, TriggerKind} from '../model/lambda-function.ts';
import type {NamedResource} from '../model/named-resource.ts';
import type {Origin} from '../model/origin.ts';
import type {PolicyDocument, Statement} from '../model/policy.ts';
import {asWritten, isUnresolved, type Resolvable} from '../model/resolvable.ts';
import {functionsWith, mappingsOf, policiesOf} from './relations.ts';
import {allowsWholeService, namesNothing} from './resource-pattern.ts';

/** Who is invoked by what, runs as whom, and may reach what: as a person draws it, without the documents. */
export interface AccessMap {
  /** As in `AuditResult.sources`. */
  readonly source: string;
  readonly functions: readonly MappedFunction[];
  readonly roles: readonly MappedRole[];
}

interface MappedFunction {
  readonly name: string;
  /** A name in `roles`, or how a role is written that is not among them. */
  readonly role: string;
  readonly triggers: readonly MappedTrigger[];
  readonly origin: Origin;
}

interface MappedTrigger {
  readonly kind: TriggerKind | 'queue' | 'stream';
  /** Of the queue or stream; empty where only the kind is known. */
  readonly name: string;
}

export interface MappedRole {
  readonly name: string;
  readonly reaches: readonly Reach[];
  /** What narrows or hides the rest: a boundary, denies, a policy that nobody here can read. */
  readonly notes: readonly string[];
}

export interface Reach {
  /** The service of its ARN; empty for `*` and for what is not known. */
  readonly service: string;
  /** A name of the template where it has one, else as it is written. */
  readonly resource: string;
  readonly actions: readonly string[];
  /**
   * `named` says which one; `any` says none, though the actions could; `unnamed` says none, as no action can; `own-logs`
   * is the log group of a function that runs as the role; `unknown` cannot be told from here.
   */
  readonly kind: 'named' | 'any' | 'unnamed' | 'own-logs' | 'unknown';
  /** Some action stands for all of a service, or for everything. */
  readonly everyAction: boolean;
  /** All of it only under conditions. */
  readonly conditional: boolean;
}

export function accessMap(inventory: Inventory, source: string): AccessMap {
  const {functions, roles} = inventory;
  const roleNames = new Map<unknown, string>(roles.map(({arn, name}) => [arn, name]));
  return {
    source,
    functions: functions.map(fn => ({
      name: fn.name,
      role: isUnresolved(fn.role) ? fn.role.text : (roleNames.get(fn.role) ?? fn.role),
      triggers: triggersOf(fn, inventory),
      origin: fn.origin,
    })),
    roles: roles.map(role => ({
      name: role.name,
      reaches: reachesOf(role, inventory),
      notes: notesOf(role, inventory),
    })),
  };
}

function triggersOf(fn: LambdaFunction, inventory: Inventory): readonly MappedTrigger[] {
  const {named = []} = inventory;
  const polled = mappingsOf(fn, inventory).map(({kind, sourceArn}) => ({
    kind: kind === 'sqs' ? ('queue' as const) : ('stream' as const),
    name: isUnresolved(sourceArn) ? sourceArn.text : nameOf(sourceArn.replace(/\/stream\/.*$/, ''), named),
  }));
  const pushed = fn.triggers.map(({kind}) => ({kind, name: ''}));
  return [...new Map([...pushed, ...polled].map(trigger => [`${trigger.kind} ${trigger.name}`, trigger])).values()];
}

function reachesOf(role: ExecutionRole, inventory: Inventory): readonly Reach[] {
  const statements = statementsOf(role, inventory);
  const denies = statements.filter(({effect, conditions}) => effect === 'Deny' && conditions.length === 0);
  const reaches = new Map<string, Reach>();
  for (const statement of statements.filter(({effect}) => effect === 'Allow'))
    for (const resource of resourcesOf(statement)) {
      const actions = actionsOf(statement).filter(action => !isDenied(action, resource, denies));
      for (const reach of splitReach(resource, actions, statement.conditions.length > 0, role, inventory)) {
        const key = `${reach.kind} ${reach.service} ${reach.resource}`;
        reaches.set(key, merge(reaches.get(key), reach));
      }
    }
  return [...reaches.values()].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || compare(labelOf(a), labelOf(b)),
  );
}

const order: readonly Reach['kind'][] = ['any', 'unknown', 'named', 'unnamed', 'own-logs'];

function labelOf({service, resource}: Reach): string {
  return `${service} ${resource}`;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Some of the actions of one statement may have to be on `*`, and others not. */
function splitReach(
  resource: Resolvable<string>,
  actions: readonly string[],
  conditional: boolean,
  role: ExecutionRole,
  inventory: Inventory,
): readonly Reach[] {
  const everyAction = actions.some(allowsWholeService) || actions.some(action => action.startsWith('all but '));
  const whole = {actions, conditional, everyAction};
  if (actions.length === 0) return [];
  if (isUnresolved(resource)) return [{...whole, service: '', resource: resource.text, kind: 'unknown'}];
  if (namesNothing(resource)) {
    const unnamed = actions.filter(action => describeAction(action)?.class === 'must-be-star');
    const any = actions.filter(action => !unnamed.includes(action));
    const service = serviceOf(resource);
    return [
      {...whole, actions: any, service, resource, kind: 'any' as const},
      {conditional, everyAction: false, actions: unnamed, service, resource, kind: 'unnamed' as const},
    ].filter(reach => reach.actions.length > 0);
  }
  const kind = isOwnLogGroup(resource, role, inventory) ? 'own-logs' : 'named';
  return [{...whole, service: serviceOf(resource), resource: nameOf(resource, inventory.named ?? []), kind}];
}

function merge(before: Reach | undefined, reach: Reach): Reach {
  if (before === undefined) return {...reach, actions: [...new Set(reach.actions)].sort()};
  return {
    ...reach,
    actions: [...new Set([...before.actions, ...reach.actions])].sort(),
    everyAction: before.everyAction || reach.everyAction,
    conditional: before.conditional && reach.conditional,
  };
}

function statementsOf(role: ExecutionRole, inventory: Inventory): readonly Statement[] {
  return documentsOf(role, inventory).flatMap(document =>
    document === undefined || isUnresolved(document) ? [] : document.statements,
  );
}

/** Undefined for one that nobody here can read. */
function documentsOf(role: ExecutionRole, inventory: Inventory): readonly (Resolvable<PolicyDocument> | undefined)[] {
  return [
    ...policiesOf(role, inventory).map(({document}) => document),
    ...role.managedPolicies.map(({arn, origin}) => (isUnresolved(arn) ? undefined : awsManagedPolicy(arn, origin))),
  ];
}

function notesOf(role: ExecutionRole, inventory: Inventory): readonly string[] {
  const unread = documentsOf(role, inventory).filter(document => document === undefined || isUnresolved(document));
  const denies = statementsOf(role, inventory).filter(({effect}) => effect === 'Deny');
  return [
    ...(unread.length === 0 ? [] : [`${counted(unread.length, 'policy', 'policies')} could not be read`]),
    ...(denies.length === 0
      ? []
      : [`${counted(denies.length, 'statement that denies is', 'statements that deny are')} not drawn`]),
    ...(role.permissionsBoundary === undefined ? [] : ['a permissions boundary narrows this further']),
  ];
}

function resourcesOf({resources, notResources}: Statement): readonly Resolvable<string>[] {
  return notResources.length > 0 ? ['*'] : resources;
}

function actionsOf({actions, notActions}: Statement): readonly string[] {
  return notActions.length > 0 ? [`all but ${notActions.map(asWritten).join(', ')}`] : actions.map(asWritten);
}

function isDenied(action: string, resource: Resolvable<string>, denies: readonly Statement[]): boolean {
  return denies.some(
    ({actions, resources}) =>
      actions.some(denied => !isUnresolved(denied) && covers(denied.toLowerCase(), action.toLowerCase())) &&
      resources.some(denied => !isUnresolved(denied) && !isUnresolved(resource) && coversResource(denied, resource)),
  );
}

function isOwnLogGroup(resource: string, role: ExecutionRole, inventory: Inventory): boolean {
  const [, group] = /:log-group:(.*?)(?::.*)?$/.exec(resource) ?? [];
  return group !== undefined && functionsWith(role, inventory).some(({logGroup}) => logGroup === group);
}

function serviceOf(arn: string): string {
  return arn.startsWith('arn:') ? (arn.replaceAll(/\$\{[^}]*\}/g, '$').split(':')[2] ?? '') : '';
}

/** `ReceiptsBucket/incoming/*` for what lies below a resource of the template. */
function nameOf(arn: string, named: readonly NamedResource[]): string {
  const [found] = named
    .filter(resource => arn === resource.arn || arn.startsWith(`${resource.arn}/`))
    .sort((a, b) => b.arn.length - a.arn.length);
  if (found !== undefined) return `${found.name}${arn.slice(found.arn.length)}`;
  const parts = arn.split(/:(?![^{]*\})/);
  return parts.length < 6
    ? arn
    : parts
        .slice(5)
        .join(':')
        .replaceAll(/\$\{AWS::(\w+)\}/g, '<$1>');
}
