import type {Caller} from './caller.ts';
import type {Clock} from './clock.ts';
import type {Shape} from './shape.ts';

/** One permission that a call takes: all of a call's requests must be allowed before it runs. */
export interface PermissionRequest {
  /** `sqs:SendMessage`: an action of the service authorization reference, not the name of the operation. */
  readonly action: string;
  /** The ARN of the one resource, or `*` for an action that knows none. */
  readonly resource: string;
  /** Condition keys beyond the global ones, such as `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** What an operation knows of the request besides its input. */
export interface RequestContext {
  readonly caller: Caller;
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  /** `http://127.0.0.1:4566`: what QueueUrls and the like begin with. */
  readonly endpoint: string;
  readonly clock: Clock;
  /** Aborted when the client goes away or the cloud stops: long polls end. */
  readonly signal: AbortSignal;
  /** The service that makes this call for the caller; absent when the caller makes it. */
  readonly via?: string;
  /** Another service's operation, through access, as the same caller unless another is named. */
  call<T>(service: string, operation: string, input: object, as?: Caller): Promise<T>;
  /**
   * Whether the caller may do this too, without a record: S3 tells a missing object from a forbidden one only to
   * those who may list the bucket. Absent where nobody is held to permissions.
   */
  readonly allows?: (request: PermissionRequest) => boolean;
}

/** How a REST operation lies on HTTP; the JSON and Query protocols need none. */
export interface HttpBinding {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD';
  /** `/2015-03-31/functions/{FunctionName}`; `{Key+}` takes the rest of the path; `?notification` a sub-resource that must be there. */
  readonly path: string;
  /** A header that must be there, such as `x-amz-copy-source`: tells apart operations that share method and path. */
  readonly requiresHeader?: string;
  /** Input member -> query parameter. */
  readonly query?: Readonly<Record<string, string>>;
  /** Input member -> request header; a member of kind map takes all headers with that prefix, such as `x-amz-meta-`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The input member that is the whole body: raw for blob and stream, a document otherwise. */
  readonly payload?: string;
  /** Status of a success; 200 unless said. An output member `$status` overrides it. */
  readonly status?: number;
  /** Output member -> response header; a map is spread with the prefix. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The output member that is the whole body: string, Uint8Array or stream raw, an object as a document. */
  readonly responsePayload?: string;
  /** Root element of an XML answer, `ListBucketResult`. */
  readonly responseRoot?: string;
}

/** One operation of a service: input and context in, output out. */
export interface Operation<Store, Input = unknown, Output = unknown> {
  /** AWS's name: `SendMessage`. */
  readonly name: string;
  readonly input: Shape<Input>;
  readonly http?: HttpBinding;
  permissions(input: Input, context: RequestContext, store: Store): readonly PermissionRequest[];
  /** Dates in the output become epoch seconds or ISO 8601, byte arrays base64, undefined members vanish. */
  run(input: Input, context: RequestContext, store: Store): Promise<Output> | Output;
}

/** Fixes the store's type and lets the input's type follow from its shape. */
export function operationOf<Store>() {
  return <Input, Output>(operation: Operation<Store, Input, Output>): Operation<Store, Input, Output> => operation;
}

export type Protocol =
  | {
      readonly kind: 'json';
      readonly targetPrefix: string;
      readonly version: '1.0' | '1.1' /** Code prefix in `__type`. */;
      readonly errorPrefix?: string;
    }
  | {readonly kind: 'query'; readonly version: string; readonly namespace: string}
  | {readonly kind: 'rest-json'}
  | {readonly kind: 'rest-xml'};

export interface Service<Store = unknown> {
  /** The IAM prefix, unless `iamPrefix` says otherwise: `sqs`, `logs`, `cloudwatch`. */
  readonly name: string;
  /** Where IAM counts the actions under another service's prefix. */
  readonly iamPrefix?: string;
  /** Names in a signature's scope; `monitoring` for CloudWatch. */
  readonly signingNames: readonly string[];
  readonly protocol: Protocol;
  readonly store: Store;
  // biome-ignore lint/suspicious/noExplicitAny: inputs differ per operation, and each checks its own by its shape
  readonly operations: readonly Operation<Store, any, unknown>[];
  /** The resource policy of an ARN as its owner wrote it, when it has one. */
  resourcePolicy?(resourceArn: string): unknown;
  /** Stops timers and closes files. */
  close?(): Promise<void> | void;
}
