import {spliceTemplate} from '../../cloudformation/splice.ts';
import {GearError} from '../../errors.ts';
import {addChapter, editTemplate} from './edit-draft.ts';
import type {ServiceOption} from './option.ts';

/** Every template has the parameter; what is chosen here is its default. */
export const permissionsBoundary: ServiceOption = {
  name: 'permissions-boundary',
  summary: 'The managed policy that bounds every role of the service',
  value: 'ARN',
  question: 'ARN of the managed policy that bounds the roles',
  // It is the account's, and so is not on this machine.
  localParameters: ['PermissionsBoundaryArn='],
  check(arn) {
    if (!/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/.test(arn))
      throw new GearError(`--permissions-boundary ${arn}: that is not the ARN of a managed policy`, {
        code: 'USAGE',
        suggestions: ['--permissions-boundary arn:aws:iam::123456789012:policy/developer-boundary'],
      });
  },
  apply(service, arn) {
    const bounded = editTemplate(service, template =>
      spliceTemplate(template, [{path: ['Parameters', 'PermissionsBoundaryArn', 'Default'], value: arn}]),
    );
    return addChapter(
      bounded,
      'The permissions boundary',
      `
No role of this service can do more than this managed policy allows, whatever its own statements say:

> \`${arn}\`

It must be there before the service is deployed. The parameter \`PermissionsBoundaryArn\` names another one, or none where an
account has none, as the AWS on your machine:

    gear deploy --local
`,
    );
  },
};
