import type {Fixer} from './fix.ts';
import {fixDeprecatedRuntime} from './hygiene/deprecated-runtime.ts';
import {fixUnconditionedServiceTrust} from './iam/unconditioned-service-trust.ts';
import {fixWildcardResource} from './iam/wildcard-resource.ts';
import {fixLogsKeptForever} from './observability/logs-kept-forever.ts';
import {fixEndlessStreamRetries} from './resilience/endless-stream-retries.ts';
import {fixLowMaxReceiveCount} from './resilience/low-max-receive-count.ts';
import {fixNoPartialBatchResponse} from './resilience/no-partial-batch-response.ts';
import {fixQueueWithoutRedrive} from './resilience/queue-without-redrive.ts';
import {fixShortVisibilityTimeout} from './resilience/short-visibility-timeout.ts';

/** By rule. A rule without one asks for a decision: a name, a number, a resource that is not there. */
export const fixers: Readonly<Record<string, Fixer>> = {
  'hygiene/deprecated-runtime': fixDeprecatedRuntime,
  'iam/unconditioned-service-trust': fixUnconditionedServiceTrust,
  'iam/wildcard-resource': fixWildcardResource,
  'observability/logs-kept-forever': fixLogsKeptForever,
  'resilience/endless-stream-retries': fixEndlessStreamRetries,
  'resilience/low-max-receive-count': fixLowMaxReceiveCount,
  'resilience/no-partial-batch-response': fixNoPartialBatchResponse,
  'resilience/queue-without-redrive': fixQueueWithoutRedrive,
  'resilience/short-visibility-timeout': fixShortVisibilityTimeout,
};
