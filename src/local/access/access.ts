import type {Caller} from '../caller.ts';
import type {PermissionRequest} from '../operation.ts';

/** The one door to the services: says who is asking, whether they may, records the answer, then runs the operation. */
export interface Access {
  /** What the signature of a request is checked against; undefined for a key nobody was given. */
  credentialsOf(accessKeyId: string): Credentials | undefined;
  /** Keys for a role's session, such as an execution environment's. */
  issueCredentials(caller: Caller, lifetimeSeconds: number): Credentials;
  /**
   * Authorises `caller` for the operation, records every decision, and runs it. `input` is already decoded by the
   * operation's shape. Throws ServiceError: AccessDenied with AWS's sentence, or what the operation throws.
   */
  call<T>(caller: Caller, service: string, operation: string, input: object, options?: CallOptions): Promise<T>;
  /** Whether the caller may do this, without doing or recording it: Lambda asks before it creates a mapping. */
  allows(caller: Caller, request: PermissionRequest): boolean;
}

export interface CallOptions {
  readonly requestId?: string;
  readonly signal?: AbortSignal;
  /** The service that calls for the caller, such as `ssm` when it decrypts a parameter. */
  readonly via?: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present for temporary keys, and then required on every request. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
  readonly caller: Caller;
}
