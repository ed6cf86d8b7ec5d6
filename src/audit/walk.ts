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
  return walks[kind](inventory);
}

const walks: {readonly [S in keyof Subjects]: (inventory: Inventory) => readonly Visit[]} = {
  statement: inventory =>
    inventory.policies.flatMap(policy => {
      if (isUnresolved(policy.document)) return [];
      const fn = onlyFunctionWith(policy.roles, inventory);
      return policy.document.statements.map(subject => ({
        subject,
        resource: policy.resource,
        fn,
        origin: subject.origin,
        policy,
      }));
    }),
  role: inventory =>
    inventory.roles.map(subject => ({
      subject,
      resource: subject.name,
      fn: onlyFunctionWith([subject.arn], inventory),
      origin: subject.origin,
    })),
  function: inventory =>
    inventory.functions.map(subject => ({subject, resource: subject.name, fn: subject.name, origin: subject.origin})),
  eventSourceMapping: inventory =>
    inventory.eventSourceMappings.map(subject => ({
      subject,
      resource: subject.name,
      fn: inventory.functions.find(({arn}) => arn === subject.functionArn)?.name ?? null,
      origin: subject.origin,
    })),
  inventory: inventory => [{subject: inventory, resource: '', fn: null, origin: originOfWhole(inventory)}],
};

/** A finding is a function's own when no other function has the role. */
function onlyFunctionWith(roles: readonly unknown[], inventory: Inventory): string | null {
  const functions = inventory.functions.filter(({role}) => roles.includes(role));
  return functions.length === 1 ? functions[0]!.name : null;
}

function originOfWhole({source}: Inventory): Origin {
  return source.kind === 'template'
    ? {file: source.file, line: 1, column: 1}
    : {arn: `arn:aws:iam::${source.account}:root`, region: source.region};
}
