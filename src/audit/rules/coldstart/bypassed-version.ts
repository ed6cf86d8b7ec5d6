import type {LambdaFunction} from '../../../model/lambda-function.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'coldstart/bypassed-version',
  subject: 'function',
  severity: 'medium',
  title: 'SnapStart or provisioned concurrency is set up, and callers go past it',
  why: 'Both belong to published versions. A caller that names the function alone invokes $LATEST, which starts as slowly as before; provisioned concurrency is paid for all the same.',
  remedy: 'Publish a version, have an alias point at it, and name the alias wherever the function is invoked.',
  since: '0.1.0',
  inAccount:
    'provisioned concurrency shows only by its metric, which Lambda sends while something is invoked through it. Where all callers have gone past it for two weeks, the template tells and the account does not.',
  examples: {
    bad: 'SnapStart: {ApplyOn: PublishedVersions}',
    good: 'SnapStart: {ApplyOn: PublishedVersions}\nAutoPublishAlias: live',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html',
  *check(fn) {
    const {name, snapStart, provisionedConcurrency, publishesVersions} = fn;
    if (snapStart !== true && provisionedConcurrency !== true) return;
    const what = snapStart === true ? 'SnapStart' : 'provisioned concurrency';
    const kinds = kindsThatGoPast(fn);
    if (publishesVersions === false)
      yield {message: `${name} has ${what}, and no version is published that it holds for`, evidence: {what}};
    else if (kinds.length > 0)
      yield {
        message: `${name} has ${what}, and ${kinds.map(kind => phrases[kind] ?? kind).join(' and ')} ${kinds.length === 1 ? 'invokes' : 'invoke'} $LATEST`,
        evidence: {what, triggers: kinds},
      };
  },
});

/** Where the same kind names an alias too, the other may be what is left of an earlier deployment. */
function kindsThatGoPast({triggers}: LambdaFunction): readonly string[] {
  const waiting = triggers.filter(({asynchronous}) => !asynchronous);
  const kinds = [...new Set(waiting.map(({kind}) => kind))];
  return kinds.filter(kind =>
    waiting.filter(trigger => trigger.kind === kind).every(({unqualified}) => unqualified === true),
  );
}

const phrases: Readonly<Record<string, string>> = {
  api: 'an API',
  'function-url': 'its URL',
  'load-balancer': 'a load balancer',
  'user-pool': 'a user pool',
};
