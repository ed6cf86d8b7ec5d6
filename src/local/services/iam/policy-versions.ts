import {ServiceError} from '../../service-error.ts';
import {noSuchEntity} from './errors.ts';
import type {ManagedPolicyRecord, PolicyVersionRecord} from './records.ts';
import type {IamStore} from './store.ts';

export function versionOf(policy: ManagedPolicyRecord, versionId: string): PolicyVersionRecord {
  const version = policy.versions.find(candidate => candidate.versionId === versionId);
  if (version === undefined)
    throw noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`);
  return version;
}

/** A policy that may be changed: not one of AWS's own. */
export function customerPolicy(arn: string, store: IamStore): ManagedPolicyRecord {
  const policy = store.policyByArn(arn);
  if (arn.startsWith('arn:aws:iam::aws:'))
    throw new ServiceError('AccessDenied', `Cannot change ${arn}: it belongs to AWS`, {status: 403});
  return policy;
}
