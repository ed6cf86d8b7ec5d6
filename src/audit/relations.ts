import type {EventSourceMapping} from '../model/event-source.ts';
import type {ExecutionRole, IdentityPolicy} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';

/** An account has thousands of each: who belongs to whom is found out once for a list, and not for every question. */
export function policiesOf({arn}: ExecutionRole, {policies}: Inventory): readonly IdentityPolicy[] {
  return policiesByRole(policies, arn);
}

export function roleOf({role}: Pick<LambdaFunction, 'role'>, {roles}: Inventory): ExecutionRole | undefined {
  return rolesByArn(roles, role)[0];
}

export function functionsWith({arn}: ExecutionRole, {functions}: Inventory): readonly LambdaFunction[] {
  return functionsByRole(functions, arn);
}

export function functionAt(arn: string, {functions}: Inventory): LambdaFunction | undefined {
  return functionsByArn(functions, arn)[0];
}

export function mappingsOf({arn}: LambdaFunction, {eventSourceMappings}: Inventory): readonly EventSourceMapping[] {
  return mappingsByFunction(eventSourceMappings, arn);
}

const policiesByRole = finder<IdentityPolicy>(({roles}) => roles);
const rolesByArn = finder<ExecutionRole>(({arn}) => [arn]);
const functionsByRole = finder<LambdaFunction>(({role}) => [role]);
const functionsByArn = finder<LambdaFunction>(({arn}) => [arn]);
const mappingsByFunction = finder<EventSourceMapping>(({functionArn}) => [functionArn]);

/** The lists of an inventory never change, so that what is known of one lives as long as it does. */
function finder<T>(keysOf: (item: T) => readonly unknown[]) {
  const known = new WeakMap<readonly T[], Map<unknown, T[]>>();
  return (items: readonly T[], key: unknown): readonly T[] => {
    let found = known.get(items);
    if (found === undefined) {
      found = new Map();
      for (const item of items)
        for (const each of new Set(keysOf(item))) {
          const before = found.get(each);
          if (before === undefined) found.set(each, [item]);
          else before.push(item);
        }
      known.set(items, found);
    }
    return found.get(key) ?? [];
  };
}
