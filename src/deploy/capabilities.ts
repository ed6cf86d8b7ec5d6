import type {Capability} from '@aws-sdk/client-cloudformation';

/**
 * What CloudFormation wants acknowledged before it takes a template with those that it nests, and no more.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
export function capabilitiesFor(body: Body, nested: readonly NestedBody[] = []): Capability[] {
  const wanted = wantedBy(body, nested);
  return order.filter(
    // Who acknowledges roles with names acknowledges those without.
    each => wanted.has(each) && !(each === 'CAPABILITY_IAM' && wanted.has('CAPABILITY_NAMED_IAM')),
  );
}

type Body = Readonly<Record<string, unknown>>;

/** The template of a nested stack, as far as it can be read here. */
interface NestedBody {
  readonly logicalId: string;
  readonly template: {readonly body: Body};
  readonly nested: readonly NestedBody[];
}

const order: readonly Capability[] = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

function wantedBy(body: Body, nested: readonly NestedBody[]): ReadonlySet<Capability> {
  const wanted = new Set<Capability>(nested.flatMap(each => [...wantedBy(each.template.body, each.nested)]));
  const read = new Set(nested.map(({logicalId}) => logicalId));
  for (const [logicalId, resource] of Object.entries((body.Resources ?? {}) as Record<string, Resource | null>)) {
    const {Type = '', Properties} = resource ?? {};
    const name = acknowledged.get(Type);
    if (name !== undefined)
      wanted.add(Object.hasOwn(Object(Properties), name) ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM');
    // What stands in a template that lies elsewhere is not seen from here.
    if (Type === 'AWS::CloudFormation::Stack' && !read.has(logicalId)) wanted.add('CAPABILITY_NAMED_IAM');
  }
  // Nor is what a macro makes.
  if ('Transform' in body || /"Fn::Transform":/.test(JSON.stringify(body)))
    wanted.add('CAPABILITY_NAMED_IAM').add('CAPABILITY_AUTO_EXPAND');
  return wanted;
}

interface Resource {
  readonly Type?: string;
  /** Whatever the template has there. */
  readonly Properties?: unknown;
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
