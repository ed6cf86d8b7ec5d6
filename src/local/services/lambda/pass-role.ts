import type {PermissionRequest} from '../../operation.ts';

/** Whoever gives a role to a function must be allowed to pass it to Lambda. */
export function passRole(role: string): PermissionRequest {
  return {action: 'iam:PassRole', resource: role, context: {'iam:PassedToService': 'lambda.amazonaws.com'}};
}
