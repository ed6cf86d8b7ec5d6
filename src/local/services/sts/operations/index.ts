import {assumeRole} from './assume-role.ts';
import {getCallerIdentity} from './get-caller-identity.ts';

export const operations = [assumeRole, getCallerIdentity];
