import type {FunctionReference} from './function-name.ts';

/** A function, each version and each alias have policies of their own. */
export function policyKey({name, qualifier}: FunctionReference): string {
  return qualifier === undefined ? name : `${name}:${qualifier}`;
}
