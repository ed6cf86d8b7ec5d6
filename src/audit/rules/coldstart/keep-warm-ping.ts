import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'coldstart/keep-warm-ping',
  subject: 'function',
  severity: 'info',
  title: 'A function is kept warm by a ping',
  why: 'A ping keeps one environment. A second request at the same time starts another, so a peak meets cold starts as before, and so does the first call after each deployment.',
  remedy:
    'Give an alias provisioned concurrency where callers must not wait; otherwise know what the ping does not do.',
  since: '0.1.0',
  examples: {
    bad: 'ScheduleExpression: rate(5 minutes)\nTarget: {Arn: !GetAtt Api.Arn, Input: \'{"gear": "keep-warm"}\'}',
    good: 'ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 2}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  *check({name, triggers, provisionedConcurrency}) {
    const ping = triggers.find(({keepsWarm}) => keepsWarm === true);
    if (ping === undefined) return;
    const needless = provisionedConcurrency === true ? ', though it has provisioned concurrency' : '';
    yield {
      message: `${name} is pinged to keep it warm${needless}: that keeps one environment, and does not cover a peak`,
      origin: ping.origin,
      evidence: {trigger: ping.kind},
    };
  },
});
