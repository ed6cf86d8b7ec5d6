import type {Origin} from './origin.ts';

/** What a handler does again in each invocation, where once for all of them would do. */
export interface HandlerWork {
  readonly kind: HandlerWorkKind;
  /** In the words of the code: `new S3Client()`, `boto3.client('s3')`. */
  readonly what: string;
  readonly origin: Origin;
  /** In a deployed package: `index.mjs:12 in its package`. */
  readonly place?: string;
}

export type HandlerWorkKind =
  /** An SDK client is constructed. */
  | 'client'
  /** A connection to a database is opened. */
  | 'connection'
  /** A module is loaded. */
  | 'module'
  /** A secret or a parameter is read, and nothing keeps it. */
  | 'secret';
