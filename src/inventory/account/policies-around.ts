import type {ResourcePolicy} from '../../model/resource-policy.ts';
import {inBatches} from './in-batches.ts';
import type {PolicyCalls} from './policy-calls.ts';
import type {Reading} from './reading.ts';
import {readResourcePolicy} from './resource-policy.ts';

interface PolicyHolders {
  readonly keys: readonly string[];
  readonly secrets: readonly string[];
  /** ARNs of those that tell functions of their objects. */
  readonly buckets: readonly string[];
}

/** The policies of keys, secrets and buckets; of queues and topics they come with what is read of them anyway. */
export async function readPoliciesAround(
  calls: PolicyCalls,
  {keys, secrets, buckets}: PolicyHolders,
  reading: Reading,
): Promise<readonly ResourcePolicy[]> {
  const each = (
    kind: ResourcePolicy['kind'],
    arns: readonly string[],
    read: (arn: string) => Promise<string | undefined>,
  ) => inBatches(arns, arn => readResourcePolicy(kind, arn, () => read(arn), reading));
  const policies = await Promise.all([
    each('key', keys, calls.keyPolicy),
    each('secret', secrets, calls.secretPolicy),
    each('bucket', buckets, arn => calls.bucketPolicy(bucketName(arn))),
  ]);
  return policies.flat(2);
}

export function bucketName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
