import {parsePolicy} from '../../iam/parse-policy.ts';
import type {NamedPolicy} from '../../model/policy.ts';
import type {PermissionRequest, Service} from '../operation.ts';

/** The policies of resources as their services keep them, parsed once per text. */
export class ResourcePolicies {
  readonly #serviceOf: (name: string) => Service | undefined;
  readonly #region: string;
  /** By the text, not by the resource: the many objects of a bucket share its policy. */
  readonly #parsed = new Map<string, NamedPolicy>();

  constructor(serviceOf: (name: string) => Service | undefined, region: string) {
    this.#serviceOf = serviceOf;
    this.#region = region;
  }

  of({action, resource}: PermissionRequest): NamedPolicy | undefined {
    if (resource === '*') return undefined;
    const owner = resource.split(':', 3)[2];
    // A role's trust policy is asked who may assume the role, and nothing else.
    if (owner === undefined || (owner === 'iam' && !action.startsWith('sts:'))) return undefined;
    const written = this.#serviceOf(owner)?.resourcePolicy?.(resource);
    if (written === undefined || written === null) return undefined;
    const text = typeof written === 'string' ? written : JSON.stringify(written);
    let policy = this.#parsed.get(text);
    if (policy === undefined) {
      policy = {name: 'resource policy', document: parsePolicy(text, {arn: resource, region: this.#region})};
      // Policies that were replaced are not missed; this keeps them from piling up.
      if (this.#parsed.size >= 1000) this.#parsed.clear();
      this.#parsed.set(text, policy);
    }
    return policy;
  }
}
