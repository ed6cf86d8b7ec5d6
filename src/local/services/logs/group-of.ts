import {ServiceError} from '../../service-error.ts';
import {groupNameOf} from './arns.ts';

/** The group's name from the one of the two members that says it. */
export function groupOf(input: {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}): string {
  const named = [input.logGroupName, input.logGroupIdentifier].filter(value => value !== undefined);
  if (named.length !== 1)
    throw new ServiceError(
      'InvalidParameterException',
      'Exactly one of logGroupName and logGroupIdentifier must be specified.',
    );
  return groupNameOf(named[0]!);
}
