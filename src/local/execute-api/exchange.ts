import type {ApiRequest} from '../http-api.ts';
import type {RouteRecord, Snapshot, StageRecord} from '../services/apigatewayv2/records.ts';
import type {RequestTarget} from './request-target.ts';

/** One request on its way through an API, with what its access log line and its metrics tell of it. */
export interface Exchange {
  readonly request: ApiRequest;
  readonly stage: StageRecord;
  readonly snapshot: Snapshot;
  readonly target: RequestTarget;
  /** When the request came, in milliseconds. */
  readonly time: number;
  /** `POST /orders`, as soon as it is known. */
  route?: RouteRecord;
  pathParameters?: Readonly<Record<string, string>>;
  body?: Buffer | undefined;
  authorization?: Authorization;
  integrationLatency?: number;
  integrationStatus?: number;
  /** Why a request went wrong, for the access log and for whoever reads the log of the daemon. */
  error?: string;
}

/** What an authorizer said of a request that it lets through. */
export type Authorization =
  | {
      readonly kind: 'jwt';
      readonly claims: Readonly<Record<string, unknown>>;
      readonly scopes: readonly string[] | null;
    }
  | {
      readonly kind: 'lambda';
      readonly context: Readonly<Record<string, unknown>> | undefined;
      readonly principalId?: string;
    };
