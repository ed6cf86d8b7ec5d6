import {answerQueueUrls} from '../aws/answer-queue-urls.ts';
import {type Pace, realPace} from '../aws/call-rate.ts';
import type {AwsClients} from '../aws/clients.ts';
import {callRates, limitCalls} from '../aws/limit-calls.ts';
import {stopCalls} from '../aws/stop-calls.ts';
import type {AnswerCache} from '../inventory/account/answer-cache.ts';
import type {PackageCache} from '../inventory/account/package-cache.ts';
import type {AccountRecorder} from '../inventory/saved/save-account.ts';
import type {AuditTarget} from './audit-targets.ts';
import type {ReadingDisplay} from './show-reading.ts';

/**
 * The clients by which an account is read. A call goes through the layers in the order in which they are put on, and
 * what is kept of it is the same whichever of them answers.
 */
export function accountClients({
  signal,
  recorder,
  display,
  cacheOf,
  packageCache,
  pace = realPace,
}: AccountLayers): (target: AuditTarget) => AwsClients {
  const rates = callRates(pace);
  return ({clients, identity, atAws}) => {
    const stopping = stopCalls(clients, signal);
    const recorded = recorder?.record(stopping, identity) ?? stopping;
    const shown = display?.wrap(recorded, placeOf(identity)) ?? recorded;
    if (!atAws) return answerQueueUrls(shown);
    const cached = cacheOf?.(identity).wrap(shown) ?? shown;
    const known = packageCache?.wrap(cached) ?? cached;
    return limitCalls(answerQueueUrls(known), identity, rates, pace);
  };
}

/** `111122223333/eu-central-1`. */
export function placeOf({account, region}: AuditTarget['identity']): string {
  return `${account}/${region}`;
}

export interface AccountLayers {
  readonly signal: AbortSignal;
  readonly recorder?: AccountRecorder | undefined;
  readonly display?: ReadingDisplay | undefined;
  /** Other endpoints forget and start anew under the same names: nothing of theirs is kept. */
  readonly cacheOf?: ((identity: AuditTarget['identity']) => AnswerCache) | undefined;
  /** What is in packages, which is the same for as long as their code is. */
  readonly packageCache?: PackageCache | undefined;
  readonly pace?: Pace;
}
