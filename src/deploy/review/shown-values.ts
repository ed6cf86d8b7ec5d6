import {type Resolvable, unresolved} from '../../model/resolvable.ts';

/** CloudFormation shows a NoEcho parameter as asterisks. */
export function shownValues(
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, Resolvable<string>>> {
  const entries = Object.entries(parameters).map(([name, value]) => [
    name,
    /^\*+$/.test(value) ? unresolved(`!Ref ${name}`, 'CloudFormation does not show this parameter') : value,
  ]);
  return Object.fromEntries(entries);
}
