import {readFileSync} from 'node:fs';
import type {Origin} from '../model/origin.ts';
import type {PolicyDocument} from '../model/policy.ts';
import {parsePolicy} from './parse-policy.ts';

/**
 * What a managed policy of AWS says, without a call; undefined for a policy of somebody else, and for one that is
 * newer than the data. `origin` is where it is attached: its statements have no other place in what is read.
 */
export function awsManagedPolicy(arn: string, origin: Origin): PolicyDocument | undefined {
  const name = awsManagedPolicyName(arn);
  const statements = name === undefined ? undefined : documents().get(name);
  return statements && parsePolicy({Version: '2012-10-17', Statement: statements}, origin);
}

/** Without its path, which people leave out; AWS has no two of one name. Undefined for a policy of somebody else. */
export function awsManagedPolicyName(arn: string): string | undefined {
  return /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
}

/** The day of the data. */
export function managedPoliciesDate(): string {
  documents();
  return date;
}

// Read when the first role has such a policy, and kept: the data cannot change while gear runs.
let loaded: ReadonlyMap<string, readonly object[]> | undefined;
let date = '';

function documents(): ReadonlyMap<string, readonly object[]> {
  if (loaded === undefined) {
    const file = new URL('../../data/aws-managed-policies.json', import.meta.url);
    const {asOf, policies} = JSON.parse(readFileSync(file, 'utf8')) as {
      asOf: string;
      policies: Readonly<Record<string, readonly object[]>>;
    };
    date = asOf;
    loaded = new Map(
      Object.entries(policies).map(([path, document]) => [path.slice(path.lastIndexOf('/') + 1), document]),
    );
  }
  return loaded;
}
