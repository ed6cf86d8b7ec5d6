import type {NamedResource} from '../../model/named-resource.ts';
import type {Environment} from './intrinsics.ts';
import {arnOfResource, arnReference} from './references.ts';
import type {TemplateResource} from './resources.ts';

/** The resources of a template whose ARN is known, roles and policies aside. */
export function readNamedResources(
  resources: readonly TemplateResource[],
  environment: Environment,
): readonly NamedResource[] {
  return resources.flatMap(({logicalId, type}) => {
    const reference = type.startsWith('AWS::IAM::') ? undefined : arnReference(logicalId, type);
    return reference === undefined ? [] : [{name: logicalId, arn: arnOfResource(logicalId, environment), reference}];
  });
}
