import type {TriggerKind} from '../../../model/lambda-function.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/timeout-beyond-caller',
  subject: 'function',
  severity: 'medium',
  title: 'A function may run longer than its caller waits',
  why: 'API Gateway answers 504 after 29 or 30 seconds, Cognito gives up after 5. The function runs on and is paid for, and what it does then happens although the caller was told that it failed.',
  remedy: 'Set a Timeout below what the caller waits, and hand longer work to a queue.',
  since: '0.1.0',
  examples: {bad: 'Timeout: 120   # behind an API', good: 'Timeout: 10'},
  reference: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  *check({name, arn, timeout, triggers}, {inventory}) {
    // What else invokes it may be what the timeout is for.
    if (inventory.eventSourceMappings.some(({functionArn}) => functionArn === arn)) return;
    const waits = triggers.map(({kind, waits, asynchronous}) => (asynchronous ? undefined : (waits ?? patience[kind])));
    if (waits.length === 0 || waits.includes(undefined)) return;
    if (isUnresolved(timeout)) {
      yield {unknown: `its timeout is not known: ${timeout.reason}`};
      return;
    }
    const unknown = waits.find(isUnresolved);
    if (unknown !== undefined) {
      yield {unknown: `how long its caller waits is not known: ${unknown.reason}`};
      return;
    }
    const longest = Math.max(...waits.map(Number));
    const caller = triggers.some(({kind}) => kind === 'api') ? 'API Gateway' : 'Cognito';
    if (timeout > longest)
      yield {
        message: `${name} may run for ${timeout} s; ${caller} waits ${longest} s`,
        evidence: {timeout, callerWaits: longest},
      };
  },
});

/** Seconds. REST APIs wait 29 unless the account has a quota for more, HTTP APIs 30. */
const patience: Partial<Record<TriggerKind, number>> = {api: 30, 'user-pool': 5};
