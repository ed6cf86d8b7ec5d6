import type {PermissionRequest} from '../../operation.ts';
import {checkPattern, invalidParameter, notFound} from './errors.ts';

interface Place {
  readonly account: string;
  readonly region: string;
}

export interface FunctionReference {
  readonly name: string;
  readonly qualifier?: string;
}

const pattern =
  /^(?:(?:arn:aws:lambda:)?(?:([a-z]{2}(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/;

/**
 * What a caller may write for a function: its name, its ARN or a part of it, each with a version or an alias behind it,
 * or with the qualifier apart.
 */
export function functionReference(given: string, {account, region}: Place, qualifier?: string): FunctionReference {
  checkPattern('functionName', given, pattern);
  const [, itsRegion = region, itsAccount = account, name, itsQualifier] = pattern.exec(given)!;
  if (name!.length > 64)
    throw invalidParameter(`The function name must be 64 characters or fewer, and is ${name!.length}: ${name}`);
  if (itsQualifier !== undefined && qualifier !== undefined && itsQualifier !== qualifier)
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  if (itsRegion !== region || itsAccount !== account) throw notFound(`Function not found: ${given}`);
  const found = qualifier ?? itsQualifier;
  return {name: name!, ...(found !== undefined && {qualifier: found})};
}

export function functionArn({name, qualifier}: FunctionReference, {account, region}: Place): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;
}

/** The permission for an operation on a function, on the version or alias where one is named. */
export function onFunction(
  action: string,
  input: {readonly FunctionName: string; readonly Qualifier?: string | undefined},
  place: Place,
): PermissionRequest {
  const reference = functionReference(input.FunctionName, place, input.Qualifier);
  return {action: `lambda:${action}`, resource: functionArn(reference, place)};
}
