import {parsePolicy} from '../../iam/parse-policy.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';
import type {Reading} from './reading.ts';

/** Who else may use a resource, where it has told anybody. */
export async function readResourcePolicy(
  kind: ResourcePolicy['kind'],
  arn: string,
  read: () => Promise<string | undefined>,
  {attempt, region}: Reading,
): Promise<readonly ResourcePolicy[]> {
  const origin = {arn, region};
  const document = await attempt('iam/open-resource-policy', arn, async () => {
    const text = await read();
    return text === undefined || text === '' ? undefined : parsePolicy(text, origin);
  });
  if (document === undefined || isUnresolved(document)) return [];
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  return [{name, kind, targets: [arn], document, origin}];
}
