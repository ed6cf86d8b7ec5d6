import {GearError} from '../errors.ts';

export function noStack(stackName: string): GearError {
  return new GearError(`There is no stack ${stackName} in this account and region`, {
    code: 'NO_STACK',
    suggestions: ['--stack, --region and --profile say which one is meant', 'gear deploy'],
  });
}
