import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'coldstart/snapstart-off',
  subject: 'function',
  severity: 'info',
  title: 'A Java function that somebody waits for does not use SnapStart',
  why: 'SnapStart restores an initialised environment instead of starting one, at no charge for Java.',
  remedy: 'Set SnapStart: {ApplyOn: PublishedVersions} and have callers use a version or an alias.',
  since: '0.1.0',
  examples: {
    bad: 'Runtime: java21',
    good: 'Runtime: java21\nSnapStart: {ApplyOn: PublishedVersions}\nAutoPublishAlias: live',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  *check({name, runtime, snapStart, provisionedConcurrency, triggers}) {
    if (runtime === undefined || isUnresolved(runtime) || !/^java(11|17|2\d)$/.test(runtime)) return;
    if (snapStart !== false || provisionedConcurrency === true) return;
    if (triggers.some(({asynchronous}) => !asynchronous))
      yield {message: `${name} runs on ${runtime} without SnapStart, and its callers wait`, evidence: {runtime}};
  },
});
