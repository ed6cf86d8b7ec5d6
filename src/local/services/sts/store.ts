import type {AssumedRole} from '../../caller.ts';
import type {Identity} from '../../identity.ts';

export interface StsStore {
  readonly account: string;
  readonly region: string;
  readonly identity: Identity;
  readonly issueCredentials: (caller: AssumedRole, lifetimeSeconds: number) => SessionCredentials;
}

interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}
