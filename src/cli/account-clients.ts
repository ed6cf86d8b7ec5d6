import {answerQueueUrls} from '../aws/answer-queue-urls.ts';
import {type Pace, realPace} from '../aws/call-rate.ts';
import type {AwsClients} from '../aws/clients.ts';
import {callRates, limitCalls} from '../aws/limit-calls.ts';
import {stopCalls} from '../aws/stop-calls.ts';
import type {AccountRecorder} from '../inventory/saved/save-account.ts';
import type {AuditTarget} from './audit-targets.ts';

/**
 * The clients by which an account is read. A call goes through the layers in the order in which they are put on, and
 * what is kept of it is the same whichever of them answers.
 */
export function accountClients({
  signal,
  recorder,
  pace = realPace,
}: {
  readonly signal: AbortSignal;
  readonly recorder?: AccountRecorder | undefined;
  readonly pace?: Pace;
}): (target: AuditTarget) => AwsClients {
  const rates = callRates(pace);
  return ({clients, identity, atAws}) => {
    const stopping = stopCalls(clients, signal);
    const recorded = recorder?.record(stopping, identity) ?? stopping;
    if (!atAws) return recorded;
    return limitCalls(answerQueueUrls(recorded, identity.region), identity, rates, pace);
  };
}
