import {asText} from '../../model/as-text.ts';
import {type Environment, record} from './intrinsics.ts';

/**
 * Whether a function has its subnets from `!Split [",", !Ref SubnetIds]`, and the pattern of that parameter matches two
 * subnets, but not one.
 */
export function refusesOneSubnet(logicalId: string, {template: {body}}: Environment): boolean {
  const {Properties} = record(record(body.Resources)[logicalId]);
  const {SubnetIds} = record(record(Properties).VpcConfig);
  const split = record(SubnetIds)['Fn::Split'];
  if (!Array.isArray(split) || split[0] !== ',') return false;
  const {Ref} = record(split[1]);
  const {AllowedPattern} = record(record(body.Parameters)[asText(Ref)]);
  if (typeof AllowedPattern !== 'string') return false;
  const [one, two] = ['subnet-0a', 'subnet-0a,subnet-0b'].map(ids => matches(AllowedPattern, ids));
  return two === true && one === false;
}

/** CloudFormation matches the whole value. */
function matches(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    // It is Java's, or no regular expression at all.
    return undefined;
  }
}
