import {parsePolicy} from '../../../iam/parse-policy.ts';
import {ServiceError} from '../../service-error.ts';

export function checkSecretPolicy(text: string, blockPublic: boolean): void {
  const malformed = (message: string) => new ServiceError('MalformedPolicyDocumentException', message);
  let statements: ReturnType<typeof parsePolicy>['statements'];
  try {
    ({statements} = parsePolicy(text, {arn: 'resource policy', region: ''}));
  } catch (cause) {
    throw Object.assign(malformed(cause instanceof Error ? cause.message : 'The policy cannot be read.'), {cause});
  }
  for (const {effect, principal, notPrincipal, resources, notResources, conditions} of statements) {
    if (principal === undefined && notPrincipal === undefined)
      throw malformed('This resource policy contains a statement with no principal.');
    if (resources.length === 0 && notResources.length === 0)
      throw malformed('This resource policy contains a statement with no resource.');
    const everyone = notPrincipal !== undefined || principal?.AWS?.includes('*');
    if (blockPublic && effect === 'Allow' && everyone && conditions.length === 0)
      throw new ServiceError(
        'PublicPolicyException',
        'The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.',
      );
  }
}
