import type {Condition, Grant} from './grant.ts';

/** A statement of the policy that is printed, and why it is there. */
export interface ExplainedStatement {
  readonly statement: PrintedStatement;
  readonly why: string;
}

/** As IAM reads it, in the order in which people do. */
export interface PrintedStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/**
 * Statements of what is granted: within a group, resources that take the same actions under the same condition stand
 * together, so that nothing is allowed on a resource that it does not need.
 */
export function statementsOf(grants: readonly Grant[]): readonly ExplainedStatement[] {
  const groups = Map.groupBy(grants, ({group, condition}) => `${group} ${JSON.stringify(condition ?? null)}`);
  const counts = new Map<string, number>();
  return [...groups.values()].flatMap(group => {
    const {group: name, condition} = group[0]!;
    return byActions(group).map(({actions, resources, reasons}) => {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return {
        statement: {
          Sid: count === 1 ? name : `${name}${count}`,
          Effect: 'Allow' as const,
          Action: actions,
          Resource: resources,
          ...(condition === undefined ? {} : {Condition: condition}),
        },
        why: reasons.join('; '),
      };
    });
  });
}

interface Together {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly reasons: readonly string[];
}

function byActions(grants: readonly Grant[]): readonly Together[] {
  const resources = new Map<string, {readonly actions: Set<string>; readonly reasons: Set<string>}>();
  for (const {actions, resources: granted, why} of grants)
    for (const resource of granted) {
      const entry = resources.get(resource) ?? {actions: new Set(), reasons: new Set()};
      for (const action of actions) entry.actions.add(action);
      entry.reasons.add(why);
      resources.set(resource, entry);
    }
  const together = Map.groupBy([...resources], ([, {actions}]) => [...actions].sort().join());
  return [...together.values()].map(entries => ({
    actions: [...entries[0]![1].actions].sort(),
    resources: entries.map(([resource]) => resource).sort(),
    reasons: [...new Set(entries.flatMap(([, {reasons}]) => [...reasons]))],
  }));
}
