import type {Template} from '../../cloudformation/parse.ts';
import {type Resource, resourcesOf} from '../template-resources.ts';

/** A function of a service that gear writes, and the role that is its own. */
export interface ServiceFunction {
  readonly id: string;
  readonly role: string;
  /** The role's one policy is called like the function is in the service: `process`. */
  readonly name: string;
}

export function functionsOf(template: Template): readonly ServiceFunction[] {
  const resources = resourcesOf(template);
  return Object.entries(resources)
    .filter(([, {Type}]) => Type === 'AWS::Lambda::Function')
    .map(([id, {Properties}]) => {
      const {'Fn::GetAtt': attribute} = Properties!.Role as {readonly 'Fn::GetAtt': readonly [string, 'Arn']};
      const [role] = attribute;
      const [policy] = resources[role]!.Properties!.Policies as readonly [{readonly PolicyName: string}];
      return {id, role, name: policy.PolicyName};
    });
}

/** The functions of any template that gear wrote, which it knows by the entry that it packs. */
export function writtenFunctions(template: Template): readonly Resource[] {
  return Object.values(resourcesOf(template)).filter(
    ({Type, Metadata}) => Type === 'AWS::Lambda::Function' && Metadata?.Gear?.Entry !== undefined,
  );
}

/** Where the statements of a role stand. */
export function statementsOf(role: string): readonly (string | number)[] {
  return ['Resources', role, 'Properties', 'Policies', 0, 'PolicyDocument', 'Statement'];
}
