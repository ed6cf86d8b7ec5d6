import type {IdentityPolicy} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {Origin} from '../model/origin.ts';
import {isUnresolved} from '../model/resolvable.ts';
import type {Subjects} from './define-rule.ts';

export interface Visit {
  readonly subject: Subjects[keyof Subjects];
  /** What a finding is about unless the rule says otherwise. */
  readonly resource: string;
  readonly fn: string | null;
  readonly origin: Origin;
  readonly policy?: IdentityPolicy;
}

export function subjectsOf(kind: keyof Subjects, inventory: Inventory): readonly Visit[] {
  let known = visits.get(inventory);
  if (known === undefined) {
    known = new Map();
    visits.set(inventory, known);
  }
  let found = known.get(kind);
  if (found === undefined) {
    found = walks[kind](inventory);
    known.set(kind, found);
  }
  return found;
}

/** An inventory never changes, and dozens of rules are about the same. */
const visits = new WeakMap<Inventory, Map<keyof Subjects, readonly Visit[]>>();

const walks: {readonly [S in keyof Subjects]: (inventory: Inventory) => readonly Visit[]} = {
  statement: inventory => {
    const functionsOf = functionsByRole(inventory);
    return inventory.policies.flatMap(policy => {
      if (isUnresolved(policy.document)) return [];
      const fn = onlyFunctionWith(policy.roles, functionsOf);
      return policy.document.statements.map(subject => ({
        subject,
        resource: policy.resource,
        fn,
        origin: subject.origin,
        policy,
      }));
    });
  },
  role: inventory => {
    const functionsOf = functionsByRole(inventory);
    return inventory.roles.map(subject => ({
      subject,
      resource: subject.name,
      fn: onlyFunctionWith([subject.arn], functionsOf),
      origin: subject.origin,
    }));
  },
  function: inventory =>
    inventory.functions.map(subject => ({subject, resource: subject.name, fn: subject.name, origin: subject.origin})),
  eventSourceMapping: inventory => {
    const names = new Map<unknown, string>(inventory.functions.map(({arn, name}) => [arn, name]));
    return inventory.eventSourceMappings.map(subject => ({
      subject,
      resource: subject.name,
      fn: names.get(subject.functionArn) ?? null,
      origin: subject.origin,
    }));
  },
  inventory: inventory => [{subject: inventory, resource: '', fn: null, origin: originOfWhole(inventory)}],
};

type FunctionsByRole = ReadonlyMap<unknown, readonly string[]>;

/** An account has thousands of both. */
function functionsByRole({functions}: Inventory): FunctionsByRole {
  const names = new Map<unknown, string[]>();
  for (const {role, name} of functions) names.set(role, [...(names.get(role) ?? []), name]);
  return names;
}

/** A finding is a function's own when no other function has the role. */
function onlyFunctionWith(roles: readonly unknown[], functionsOf: FunctionsByRole): string | null {
  const functions = [...new Set(roles)].flatMap(role => functionsOf.get(role) ?? []);
  return functions.length === 1 ? functions[0]! : null;
}

export function originOfWhole({source}: Inventory): Origin {
  return source.kind === 'template'
    ? {file: source.file, line: 1, column: 1}
    : {arn: `arn:aws:iam::${source.account}:root`, region: source.region};
}
