import type {FunctionConfiguration} from './function-configuration.ts';

/** What runs functions. The service knows only this; the embedded AWS plugs in the real one. */
export interface FunctionRuntime {
  /** Runs a function once; throws TooManyRequestsException when no environment may take it. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** Throws when nothing on this machine can run functions of this runtime. */
  requireRuntime(runtime: string): Promise<void>;
  /** Ends the environments of a version, or of all versions: idle ones now, busy ones after their invocation. */
  retire(functionName: string, version?: string): void;
  /** What Lambda allows an account to run at the same time. */
  readonly concurrentExecutions: number;
}

export interface Invocation {
  /** The version that runs. */
  readonly configuration: FunctionConfiguration;
  /** The folder of the unpacked deployment package. */
  readonly taskRoot: string;
  /** As the caller named it, qualifier included. */
  readonly invokedFunctionArn: string;
  readonly requestId: string;
  /** JSON text. */
  readonly payload: Uint8Array;
  /** Base64-decoded JSON of the client's context. */
  readonly clientContext?: string;
  readonly reservedConcurrency?: number;
}

export interface InvocationResult {
  readonly payload: Uint8Array;
  /** Set when the function failed; the payload then describes the error. */
  readonly functionError?: 'Unhandled';
  /** The end of what was logged during the invocation, platform lines included: 4 KB of it at least. */
  readonly log: string;
  /** Milliseconds, as the report says. */
  readonly duration: number;
}
