import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import type {ExecutionRole, IdentityPolicy} from '../model/execution-role.ts';
import type {NotChecked} from '../model/finding.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import type {Resolvable} from '../model/resolvable.ts';
import type {ResourcePolicy} from '../model/resource-policy.ts';
import {isFunction} from './template/functions.ts';
import {arnOfResource} from './template/references.ts';
import {readResourcePolicies} from './template/resource-policies.ts';
import {templateResources} from './template/resources.ts';
import {readRoles} from './template/roles.ts';
import {unexpanded} from './template/unexpanded.ts';

/** Who may do what, of a template. */
export interface TemplateAccess {
  readonly functions: readonly Pick<LambdaFunction, 'name' | 'role'>[];
  readonly roles: readonly ExecutionRole[];
  readonly policies: readonly IdentityPolicy[];
  readonly resourcePolicies: readonly ResourcePolicy[];
  readonly unread: readonly NotChecked[];
}

/**
 * As `readTemplateInventory` reads it, without the code of the functions and all else: it needs no other file. `pseudo`
 * are pseudo parameters that are known, as `AWS::Region`; others stay placeholders.
 */
export function readTemplateAccess(
  template: PlacedTemplate,
  parameters: Readonly<Record<string, Resolvable<string>>>,
  pseudo: Readonly<Record<string, string>> = {},
): TemplateAccess {
  const unread: NotChecked[] = [...unexpanded(template)];
  const note = (each: NotChecked) => unread.push(each);
  const environment = {template, parameters, pseudo};
  const resources = templateResources(environment);
  const {roles, policies} = readRoles(resources, environment, note);
  return {
    functions: resources.filter(isFunction).map(({logicalId: name, property}) => ({
      name,
      role: property('Role').text() ?? arnOfResource(`${name}Role`, environment),
    })),
    roles,
    policies,
    resourcePolicies: readResourcePolicies(resources, environment, note),
    unread,
  };
}
