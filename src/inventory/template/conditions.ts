import {asText} from '../../model/as-text.ts';
import {entry} from '../../model/entry.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import {type Environment, record, settle} from './intrinsics.ts';

/** Whether a named condition of the template holds, as far as its parameters are known. */
export function conditionHolds(name: unknown, environment: Environment): Resolvable<boolean> {
  if (typeof name !== 'string')
    return unresolved('a condition', 'it stands where CloudFormation takes the name of one in Conditions');
  const {within = []} = environment;
  const condition = entry(record(environment.template.body.Conditions), name);
  if (condition === undefined) return unresolved(`the condition ${name}`, `the template has no condition ${name}`);
  if (within.includes(`condition ${name}`))
    return unresolved(`the condition ${name}`, `the condition ${name} refers to itself`);
  return holds(condition, {...environment, within: [...within, `condition ${name}`]});
}

function holds(condition: unknown, environment: Environment): Resolvable<boolean> {
  const [only] = Object.entries(record(condition));
  if (only === undefined) return unresolved('a condition', 'it is not a condition function');
  const [name, argument] = only;
  const parts = Array.isArray(argument) ? argument : [];
  const every = (wanted: boolean) => {
    const results = parts.map(part => holds(part, environment));
    if (results.includes(wanted)) return wanted;
    return results.find(isUnresolved) ?? !wanted;
  };
  switch (name) {
    case 'Condition':
      return conditionHolds(argument, environment);
    case 'Fn::And':
      return every(false);
    case 'Fn::Or':
      return every(true);
    case 'Fn::Not': {
      const inner = holds(parts[0], environment);
      return isUnresolved(inner) ? inner : !inner;
    }
    case 'Fn::Equals':
      return equal(parts, environment);
    default:
      return unresolved(`!${name}`, `gear does not evaluate ${name} in a condition`);
  }
}

function equal(parts: readonly unknown[], environment: Environment): Resolvable<boolean> {
  const [left, right] = parts.map(part => {
    const settled = settle(part, [], environment);
    if (settled.kind === 'unknown') return settled.unresolved;
    return settled.kind === 'absent' ? '' : asText(settled.raw);
  });
  if (isUnresolved(left)) return left;
  if (isUnresolved(right)) return right;
  // A placeholder stands for what only a deployment knows, such as its region.
  const open = [left, right].find(side => side?.includes('${'));
  if (open !== undefined && left !== right) return unresolved(open, `${open} is known when the stack is deployed`);
  return left === right;
}
