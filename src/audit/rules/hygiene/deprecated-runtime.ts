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
    const {deprecated, updateBlocked, successor} = lifecycle;
    if (deprecated > today) return;
    const blocked = updateBlocked <= today;
    yield {
      message: `${runtime} is deprecated since ${deprecated}; ${blocked ? 'it cannot be updated since' : 'updates are refused from'} ${updateBlocked}`,
      severity: blocked ? 'high' : 'medium',
      evidence: {runtime, deprecated, updateBlocked},
      ...(successor === undefined ? {} : {remedy: `Move to ${successor}.`}),
    };
  },
});
