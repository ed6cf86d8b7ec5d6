import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {runtimeLifecycle, runtimesAsOf} from '../../runtime-lifecycle.ts';

export default defineRule({
  id: 'hygiene/deprecated-runtime',
  subject: 'function',
  severity: 'medium',
  title: 'A function runs on a runtime that is deprecated',
  why: 'It gets no security patches any more; later Lambda refuses new functions with it, and then updates of the old ones.',
  remedy: 'Move to the runtime that follows it.',
  since: '0.1.0',
  examples: {bad: 'Runtime: nodejs18.x', good: 'Runtime: nodejs24.x'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  *check({runtime}, {today}) {
    if (runtime === undefined) return;
    if (isUnresolved(runtime)) {
      yield {unknown: `its runtime is not known: ${runtime.reason}`};
      return;
    }
    const lifecycle = runtimeLifecycle(runtime);
    if (lifecycle === undefined) {
      yield {unknown: `gear knows no dates of the runtime ${runtime} (as of ${runtimesAsOf()})`};
      return;
    }
    const {deprecated, createBlocked, updateBlocked, successor} = lifecycle;
    const remedy = successor === undefined ? {} : {remedy: `Move to ${successor}.`};
    const evidence = {runtime, deprecated, createBlocked, updateBlocked};
    if (deprecated > today) {
      if (daysBetween(today, deprecated) <= noticeDays)
        yield {message: `${runtime} is deprecated from ${deprecated} on`, severity: 'info', evidence, ...remedy};
      return;
    }
    const blocked = updateBlocked <= today;
    const creation =
      createBlocked <= today ? 'new functions are refused' : `new functions are refused from ${createBlocked}`;
    yield {
      message: `${runtime} is deprecated since ${deprecated}; ${blocked ? `it cannot be updated since ${updateBlocked}` : `${creation}, and updates from ${updateBlocked}`}`,
      severity: blocked ? 'high' : 'medium',
      evidence,
      ...remedy,
    };
  },
});

/** Time enough to test with the next one. */
const noticeDays = 90;

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
