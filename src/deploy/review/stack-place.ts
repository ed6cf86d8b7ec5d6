import {partitionOf} from '../policy/place.ts';

/** Where a stack stands, or is going to. */
export interface StackPlace {
  readonly region: string;
  readonly account: string;
  /** With a placeholder, or absent, where CloudFormation has yet to name it. */
  readonly stackName?: string;
}

/** By its ARN, `arn:aws:cloudformation:eu-central-1:123456789012:stack/orders/1b2c`: there is one for a change set. */
export function placeOf(stackId: string): StackPlace | undefined {
  const [, region, account, stackName] =
    /^arn:[^:]+:cloudformation:([^:]+):([^:]+):stack\/([^/]+)\//.exec(stackId) ?? [];
  return region === undefined ? undefined : {region, account: account!, stackName: stackName!};
}

/** Of a stack that is nested in it, before CloudFormation has made it: the end of its name is anybody’s guess. */
export function newNestedPlace({region, account, stackName}: StackPlace, logicalId: string): StackPlace {
  const name = `${stackName}-${logicalId}`;
  // What is longer is cut, and how AWS does that nobody has written down.
  const isKnown = stackName !== undefined && name.length + '-000000000000'.length <= longestName;
  return {region, account, ...(isKnown ? {stackName: `${name}-\${suffix}`} : {})};
}

const longestName = 128;

/** As far as somebody knows what they stand for there. */
export function pseudoParametersIn({region, account, stackName}: StackPlace): Readonly<Record<string, string>> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': partitionOf(region),
    ...(stackName === undefined ? {} : {'AWS::StackName': stackName}),
  };
}
