/** What `serverless-gear/local` exports: a part of the embedded AWS that will stay as it is. */
export interface LocalCloudOptions {
  /** On 127.0.0.1; 0, the default, for any free one. */
  readonly port?: number;
  /** Where the state lies; a temporary folder that is removed at the end, unless said. */
  readonly folder?: string;
  /** `us-east-1` unless said. */
  readonly region?: string;
  /** `000000000000` unless said. */
  readonly account?: string;
}

export interface LocalCloud {
  /** `http://127.0.0.1:PORT`, for every service alike. */
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** The developer's: administrator of the local account. */
  readonly credentials: {readonly accessKeyId: string; readonly secretAccessKey: string};
  /** Ends every execution environment, and removes the state unless its folder was given. */
  close(): Promise<void>;
}

/** The embedded AWS in this process, for tests. Throws when the port is taken. */
export declare function startLocalCloud(options?: LocalCloudOptions): Promise<LocalCloud>;
