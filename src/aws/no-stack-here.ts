import {GearError} from '../errors.ts';

/** What to try where a stack is not. */
export const elsewhere = ['--stack NAME, --stage NAME, --region REGION or --local, where it is elsewhere'];

/** Whether the answer says that there is no such stack: CloudFormation has no code of its own for it. */
export function isNoStack(error: unknown): boolean {
  return error instanceof Error && error.message.includes('does not exist');
}

export function noStackHere(stackName: string, cause: unknown): GearError {
  return new GearError(`There is no stack ${stackName} here`, {
    code: 'NO_STACK',
    suggestions: elsewhere,
    cause,
  });
}
