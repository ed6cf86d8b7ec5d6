import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/no-failure-destination',
  subject: 'function',
  severity: 'high',
  title: 'A function is invoked asynchronously, and failed events are dropped',
  why: 'Lambda tries an asynchronous event three times and then throws it away, unless it is told where to put it.',
  remedy: 'Give the function a dead-letter queue (DeadLetterConfig) or an on-failure destination (EventInvokeConfig).',
  since: '0.1.0',
  examples: {
    bad: 'Events: {Uploads: {Type: S3, Properties: {Bucket: !Ref Receipts, Events: s3:ObjectCreated:*}}}',
    good: 'DeadLetterConfig: {TargetArn: !GetAtt FailedEvents.Arn}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
  *check({name, triggers, deadLetterQueue, onFailureDestination}) {
    const events = triggers.filter(({asynchronous, keepsWarm}) => asynchronous && keepsWarm !== true);
    const kinds = [...new Set(events.map(({kind}) => kind))];
    if (kinds.length === 0 || deadLetterQueue !== undefined || onFailureDestination !== undefined) return;
    yield {
      message: `${name} is invoked by ${kinds.map(kind => phrases[kind] ?? kind).join(' and ')}, and what fails is dropped`,
      evidence: {triggers: kinds},
    };
  },
});

const phrases: Readonly<Record<string, string>> = {
  api: 'an API that does not wait',
  bucket: 'a bucket',
  'email-receipt': 'received mail',
  'event-rule': 'an event rule',
  'iot-rule': 'an IoT rule',
  'log-subscription': 'a log subscription',
  schedule: 'a schedule',
  topic: 'a topic',
};
