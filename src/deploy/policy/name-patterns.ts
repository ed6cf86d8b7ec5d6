import type {Place} from './place.ts';
import type {NameRule} from './resource-needs.ts';

/**
 * What a resource is called, as patterns of IAM: the name that the template gives, or CloudFormation's own,
 * `stack-LogicalId-1A2B3C4D5E6F`, of which the random end is not known.
 */
export function namesOf(
  rule: NameRule | undefined,
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
  {stackName}: Place,
): readonly string[] {
  if (rule === undefined) return [];
  const given = properties[rule.property];
  if (typeof given === 'string') return [given];
  // Part of the name comes from somewhere that is not known.
  if (given !== undefined) return ['*'];
  const patterns = [pattern(rule, stackName, logicalId), ...(rule.withoutStack ? [`${logicalId}-*`] : [])];
  return rule.lowerCase ? patterns.map(text => text.toLowerCase()) : patterns;
}

const randomEnd = 14;

/** A name that is too long is cut, and how much of the stack's name is left then is not documented: half is certain. */
function pattern({longest}: NameRule, stackName: string, logicalId: string): string {
  if (stackName.length + logicalId.length + randomEnd <= longest) return `${stackName}-${logicalId}-*`;
  return `${stackName.slice(0, Math.floor((longest - randomEnd) / 2) - 1)}*`;
}
