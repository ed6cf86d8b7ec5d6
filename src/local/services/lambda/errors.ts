import {ServiceError} from '../../service-error.ts';

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message, {members: {Type: 'User'}});
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, {status: 404, members: {Type: 'User'}});
}

export function conflict(message: string): ServiceError {
  return new ServiceError('ResourceConflictException', message, {status: 409, members: {Type: 'User'}});
}

export function tooLarge(message: string): ServiceError {
  return new ServiceError('RequestTooLargeException', message, {status: 413, members: {Type: 'User'}});
}

/** `RevisionId` of a request against the one of what it would change. */
export function checkRevision(given: string | undefined, current: string, operation: string): void {
  if (given === undefined || given === current) return;
  throw new ServiceError(
    'PreconditionFailedException',
    `The RevisionId provided does not match the latest RevisionId. Call the ${operation} API to retrieve the latest RevisionId`,
    {status: 412, members: {Type: 'User'}},
  );
}

/** The sentence in which Lambda says that a member breaks its constraint. */
function constraint(member: string, value: unknown, rule: string): ServiceError {
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
}

export function checkRange(member: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined) return;
  if (value < least) throw constraint(member, value, `have value greater than or equal to ${least}`);
  if (value > most) throw constraint(member, value, `have value less than or equal to ${most}`);
}

export function checkPattern(member: string, value: string | undefined, pattern: RegExp): void {
  if (value !== undefined && !pattern.test(value))
    throw constraint(member, value, `satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, '')}`);
}

export function checkEnum(member: string, value: string | undefined, values: readonly string[]): void {
  if (value !== undefined && !values.includes(value))
    throw constraint(member, value, `satisfy enum value set: [${values.join(', ')}]`);
}
