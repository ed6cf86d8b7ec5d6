import {asText} from '../../model/as-text.ts';
import {isObject} from '../../model/is-object.ts';
import {linkTo} from './links.ts';
import {policyDocument} from './policy-documents.ts';
import {link, type Translate, type Translation} from './translation.ts';

/** A role with everything that says what it may do: its own blocks, and the attachments beside it. */
export const role: Translate = translation => {
  const {attributes, resources} = translation;
  const attachments = [
    ...translation.pointingHere('aws_iam_role_policy_attachment', 'role'),
    ...translation.pointingHere('aws_iam_policy_attachment', 'roles'),
  ].map(each => ({arn: link(each, 'policy_arn', 'aws_iam_policy'), by: each.resource.address}));
  const attached = new Set(attachments.map(({arn}) => JSON.stringify(arn)));
  // In a state they are listed here as well.
  const listed = managedArns(translation).filter(arn => !attached.has(JSON.stringify(arn)));
  const separate = new Set(
    translation.pointingHere('aws_iam_role_policy', 'role').map(each => each.attributes.at('name').value),
  );
  const inline = attributes
    .at('inline_policy')
    .items()
    .filter(policy => policy.isUnknown || policy.at('policy').isUnknown || policy.at('policy').value !== undefined)
    .filter(policy => policy.isUnknown || !separate.has(policy.at('name').value));
  return {
    type: 'AWS::IAM::Role',
    properties: {
      RoleName: attributes.at('name').plain(),
      Path: attributes.at('path').plain(),
      AssumeRolePolicyDocument: policyDocument(attributes.at('assume_role_policy'), resources),
      PermissionsBoundary: emptyIsAbsent(link(translation, 'permissions_boundary', 'aws_iam_policy')),
      ManagedPolicyArns: [...attachments.map(({arn}) => arn), ...listed],
      Policies: inline.map(policy =>
        policy.isUnknown
          ? policy.reason()
          : {PolicyName: policy.at('name').plain(), PolicyDocument: policyDocument(policy.at('policy'), resources)},
      ),
    },
    saidBy: new Map(attachments.map(({by}, index) => [`ManagedPolicyArns/${index}`, by])),
  };
};

function emptyIsAbsent(value: unknown): unknown {
  return value === '' ? undefined : value;
}

function managedArns({attributes, resources, resource}: Translation): readonly unknown[] {
  const list = attributes.at('managed_policy_arns');
  return list.items().map(item => linkTo(item, ['aws_iam_policy'], resources, resource));
}

export const rolePolicy: Translate = translation => ({
  type: 'AWS::IAM::RolePolicy',
  properties: {
    PolicyName: translation.attributes.at('name').plain(),
    RoleName: link(translation, 'role', 'aws_iam_role'),
    PolicyDocument: policyDocument(translation.attributes.at('policy'), translation.resources),
  },
});

/** Users and groups are no business of functions, so that a policy is asked about only by the roles that have it. */
export const managedPolicy: Translate = ({attributes, resources}) => ({
  type: 'AWS::IAM::ManagedPolicy',
  properties: {
    ManagedPolicyName: attributes.at('name').plain(),
    PolicyDocument: policyDocument(attributes.at('policy'), resources),
  },
});

/** A policy of the plan that is attached to a role elsewhere is still read; one that is not in the plan cannot be. */
export function attachesElsewhere(translation: Translation, roles: ReadonlySet<string>): string | undefined {
  const {attributes, resource, resources} = translation;
  const argument = attributes.at(resource.type === 'aws_iam_policy_attachment' ? 'roles' : 'role');
  const outside = argument
    .items()
    .map(item => linkTo(item, ['aws_iam_role'], resources, resource))
    .filter(
      linked =>
        !(isObject(linked) && Array.isArray(linked['Fn::GetAtt']) && roles.has(asText(linked['Fn::GetAtt'][0]))),
    );
  if (outside.length === 0) return undefined;
  const [first] = outside;
  const name = typeof first === 'string' ? first : isObject(first) ? asText(first.text) : '';
  return `it attaches a policy to the role ${name}, which is not here to be read`;
}
