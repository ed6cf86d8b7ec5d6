import {join} from 'node:path';
import type {AccountIdentity} from '../account/account-identity.ts';

/** Where the answers of a service lie; those of IAM are the same in all regions. */
export function folderOf({account, region}: AccountIdentity, service: string): string {
  return join(account, service === 'IAM' ? globalFolder : region);
}

const globalFolder = 'global';

/** As the aws CLI calls it: `list-functions.json`. */
export function fileOf(operation: string): string {
  return `${operation.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}.json`;
}
