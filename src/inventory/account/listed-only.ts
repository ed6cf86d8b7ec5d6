import {GearError} from '../../errors.ts';
import type {AccountCalls} from './account-calls.ts';

/** The same calls but for those that AWS takes for one function at a time: of 5,000 functions these are all but 250. */
export function listedOnly(calls: AccountCalls): AccountCalls {
  const refuse = async (): Promise<never> => {
    throw new GearError('it takes a call for each function, which --quick leaves out', {code: notAskedCode});
  };
  return {...calls, functionPolicy: refuse, onFailureDestination: refuse, functionTags: refuse};
}

/** The same for every function, and so said once. */
export const notAskedCode = 'NOT_ASKED';
