import {partitionOf} from '../policy/place.ts';

/** Where a stack stands, or is going to. */
export interface StackPlace {
  readonly region: string;
  readonly account: string;
  /** Absent where CloudFormation has yet to name it. */
  readonly stackName?: string;
}

/** By its ARN, `arn:aws:cloudformation:eu-central-1:123456789012:stack/orders/1b2c`: there is one for a change set. */
export function placeOf(stackId: string): StackPlace | undefined {
  const [, region, account, stackName] =
    /^arn:[^:]+:cloudformation:([^:]+):([^:]+):stack\/([^/]+)\//.exec(stackId) ?? [];
  return region === undefined ? undefined : {region, account: account!, stackName: stackName!};
}

/** As far as somebody knows what they stand for there. */
export function pseudoParametersIn({region, account, stackName}: StackPlace): Readonly<Record<string, string>> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': partitionOf(region),
    ...(stackName === undefined ? {} : {'AWS::StackName': stackName}),
  };
}
