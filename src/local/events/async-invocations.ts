import {availableParallelism} from 'node:os';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import {ServiceError} from '../service-error.ts';
import {eventInvokeKey} from '../services/lambda/event-invoke.ts';
import type {AsyncInvocation, EventInvokeRecord} from '../services/lambda/records.ts';
import type {InvocationResult} from '../services/lambda/runtime.ts';
import type {InvocationTarget, LambdaStore} from '../services/lambda/store.ts';
import {sendToDeadLetterQueue, sendToDestination} from './destinations.ts';
import type {EventMetric, OnEventMetric} from './event-metric.ts';

export interface AsyncInvocationsOptions {
  readonly lambda: LambdaStore;
  readonly access: Access;
  readonly clock: Clock;
  readonly endpoint: () => string;
  readonly disorder?: Disorder | undefined;
  /** Events that end in nobody's hands: the role may not send to the queue, or the function is gone. */
  readonly onWarning?: (warning: string) => void;
  readonly onMetric?: OnEventMetric;
}

/** Lambda tries again after one minute, then after two. */
const retryDelays = [60_000, 120_000];
const longestThrottlePause = 5 * 60_000;
const defaultAge = 6 * 3600;

/**
 * Works off the events that were accepted with 202: each is invoked at least once, tried again, and handed to the
 * function's destination or dead-letter queue when that does not help.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function startAsyncInvocations(options: AsyncInvocationsOptions): {close(): Promise<void>} {
  const {lambda, clock, disorder, onWarning} = options;
  const atOnce = Math.max(5, availableParallelism());
  const running = new Map<string, Promise<void>>();
  let cancelTimer = () => {};
  let closed = false;

  function dispatch(): void {
    cancelTimer();
    if (closed) return;
    const waiting = [...lambda.asyncInvocations.values()]
      .filter(({requestId}) => !running.has(requestId))
      .sort((a, b) => a.notBefore - b.notBefore);
    for (const invocation of waiting) {
      if (running.size >= atOnce) return;
      const wait = invocation.notBefore - clock.now();
      if (wait > 0) {
        cancelTimer = clock.after(wait, dispatch);
        return;
      }
      const run = attempt(invocation)
        .catch(error => onWarning?.(`An event of ${invocation.functionName} is lost: ${(error as Error).message}`))
        .finally(() => {
          running.delete(invocation.requestId);
          dispatch();
        });
      running.set(invocation.requestId, run);
    }
  }

  async function attempt(invocation: AsyncInvocation): Promise<void> {
    const {functionName, qualifier, requestId, payload, clientContext} = invocation;
    const reference = {name: functionName, ...(qualifier !== undefined && {qualifier})};
    const config = lambda.eventInvokeConfigs.get(eventInvokeKey(reference));
    let target: InvocationTarget;
    try {
      target = lambda.target(reference);
    } catch (error) {
      lambda.asyncInvocations.delete(requestId);
      throw error;
    }
    const event = {
      requestId,
      payload: Buffer.from(payload),
      ...(clientContext !== undefined && {clientContext}),
    };
    // The queue of events is eventually consistent: one may be delivered twice, and then at the same time.
    const repeated = disorder?.repeats(functionName) ? lambda.invoke(target, event).catch(() => {}) : undefined;
    let result: InvocationResult;
    try {
      result = await lambda.invoke(target, event);
      await repeated;
    } catch (error) {
      if (!(error instanceof ServiceError))
        onWarning?.(`${functionName} could not be run: ${(error as Error).message}`);
      // Throttled, or stopped with the embedded AWS: no attempt of the function's own.
      const pause = Math.min(1000 * 2 ** invocation.throttles, longestThrottlePause);
      const again = {...invocation, throttles: invocation.throttles + 1, notBefore: clock.now() + pause};
      if (!tooOld(again, config)) lambda.asyncInvocations.set(requestId, again);
      else await finish(again, target, config, 'EventAgeExceeded');
      return;
    }
    // The environment was ended with the embedded AWS: the event is tried again when it is back.
    if (closed) return;
    if (result.functionError === undefined) {
      await finish(invocation, target, config, 'Success', result);
      return;
    }
    const again = {
      ...invocation,
      failures: invocation.failures + 1,
      notBefore: clock.now() + (retryDelays[invocation.failures] ?? 0),
    };
    if (again.failures > (config?.MaximumRetryAttempts ?? retryDelays.length))
      await finish(again, target, config, 'RetriesExhausted', result);
    else if (tooOld(again, config)) await finish(again, target, config, 'EventAgeExceeded', result);
    else lambda.asyncInvocations.set(requestId, again);
  }

  /** What is sent is sent before the event is forgotten: rather twice than not at all. */
  async function finish(
    invocation: AsyncInvocation,
    target: InvocationTarget,
    config: EventInvokeRecord | undefined,
    condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded',
    result?: InvocationResult,
  ): Promise<void> {
    const ended = {...options, endpoint: options.endpoint(), invocation, target, condition, result};
    const count = (name: EventMetric) => options.onMetric?.(invocation.functionName, name, 1);
    if (condition !== 'Success') count('AsyncEventsDropped');
    try {
      await counted(sendToDestination(ended, config), () => count('DestinationDeliveryFailures'));
      if (condition !== 'Success') await counted(sendToDeadLetterQueue(ended), () => count('DeadLetterErrors'));
    } finally {
      lambda.asyncInvocations.delete(invocation.requestId);
    }
  }

  const unsubscribe = lambda.onAsyncInvocation(dispatch);
  dispatch();
  return {
    async close() {
      closed = true;
      unsubscribe();
      cancelTimer();
    },
  };
}

async function counted(sent: Promise<void>, countFailure: () => void): Promise<void> {
  try {
    await sent;
  } catch (error) {
    countFailure();
    throw error;
  }
}

function tooOld({acceptedAt, notBefore}: AsyncInvocation, config: EventInvokeRecord | undefined): boolean {
  return notBefore - acceptedAt > (config?.MaximumEventAgeInSeconds ?? defaultAge) * 1000;
}
