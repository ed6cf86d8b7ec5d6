import type {Capability} from '@aws-sdk/client-cloudformation';

/**
 * What CloudFormation wants acknowledged before it takes a template, and no more.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
export function capabilitiesFor(body: Readonly<Record<string, unknown>>): Capability[] {
  const resources = Object.values((body.Resources as Readonly<Record<string, Resource>> | undefined) ?? {});
  const transforms = 'Transform' in body || /"Fn::Transform":/.test(JSON.stringify(body));
  // What a macro makes, and what stands in the template of a nested stack, is not seen from here.
  if (transforms) return ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];
  if (resources.some(({Type}) => Type === 'AWS::CloudFormation::Stack'))
    return ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];
  const iam = resources.filter(({Type}) => acknowledged.has(Type));
  if (iam.length === 0) return [];
  const named = iam.some(({Type, Properties}) => acknowledged.get(Type)! in (Properties ?? {}));
  return named ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_IAM'];
}

interface Resource {
  readonly Type: string;
  readonly Properties?: object;
}

/** The types that change permissions, each with the property that gives it a name of the template's choice. */
const acknowledged: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::AccessKey', ''],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::GroupPolicy', ''],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Policy', ''],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::RolePolicy', ''],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::UserPolicy', ''],
  ['AWS::IAM::UserToGroupAddition', ''],
]);
