import {evaluate, type PolicyKind} from '../../../iam/evaluate.ts';
import {parsePolicy} from '../../../iam/parse-policy.ts';
import type {NamedPolicy} from '../../../model/policy.ts';
import type {RoleIdentity} from '../../identity.ts';

interface Simulation {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[] | undefined;
  readonly PolicyInputList?: readonly string[] | undefined;
  readonly PermissionsBoundaryPolicyInputList?: readonly string[] | undefined;
  readonly ContextEntries?:
    | readonly {readonly ContextKeyName: string; readonly ContextKeyValues: readonly string[]}[]
    | undefined;
  readonly ResourcePolicy?: string | undefined;
}

/** One result per action and resource, from the code that decides real calls. */
export function simulate(role: RoleIdentity, simulation: Simulation, account: string) {
  const {ActionNames, ResourceArns = ['*'], PolicyInputList = [], ContextEntries = [], ResourcePolicy} = simulation;
  const boundaries = simulation.PermissionsBoundaryPolicyInputList;
  const principal = {
    kind: 'role',
    arn: `arn:aws:sts::${account}:assumed-role/${role.roleName}/simulation`,
    roleArn: role.roleArn,
    account,
  } as const;
  const context = Object.fromEntries(
    ContextEntries.map(({ContextKeyName, ContextKeyValues}) => [
      ContextKeyName,
      ContextKeyValues.length === 1 ? ContextKeyValues[0]! : ContextKeyValues,
    ]),
  );
  return ActionNames.flatMap(action =>
    ResourceArns.map(resource => {
      const decision = evaluate({
        identity: [...role.policies, ...named('PolicyInputList', PolicyInputList)],
        boundary: boundaries
          ? named('PermissionsBoundaryPolicyInputList', boundaries)
          : role.boundary && [role.boundary],
        resource: ResourcePolicy === undefined ? undefined : named('ResourcePolicy', [ResourcePolicy])[0],
        request: {action, resource, context, principal},
      });
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decision.allowed ? 'allowed' : decision.denial.explicit ? 'explicitDeny' : 'implicitDeny',
        MatchedStatements: decision.matched.map(({policy, kind}) => ({
          SourcePolicyId: policy,
          SourcePolicyType: policyTypes[kind],
        })),
        MissingContextValues: [],
      };
    }),
  );
}

const policyTypes: Readonly<Record<PolicyKind, string>> = {
  identity: 'IAM Policy',
  boundary: 'IAM Permissions Boundary Policy',
  session: 'IAM Policy',
  resource: 'Resource Policy',
};

function named(list: string, texts: readonly string[]): NamedPolicy[] {
  return texts.map((text, index) => ({
    name: `${list}.${index + 1}`,
    document: parsePolicy(text, {arn: `${list}.${index + 1}`, region: ''}),
  }));
}
