import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'observability/alarm-without-action',
  subject: 'inventory',
  severity: 'low',
  title: 'An alarm tells nobody',
  why: 'It turns red in a console that nobody looks at.',
  remedy: 'Give it AlarmActions, such as a topic that people get mail from, and leave ActionsEnabled as it is.',
  since: '0.1.0',
  notLocal: 'whom alarms tell is a parameter of most templates, and nobody waits for those of a trial.',
  examples: {
    bad: 'IngestErrors: {Type: AWS::CloudWatch::Alarm}',
    good: 'AlarmActions: [!Ref OnCallTopic]',
  },
  reference: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  *check({alarms}) {
    // Alarms that could not be read are reported by no-error-alarm.
    if (isUnresolved(alarms)) return;
    for (const {name, acts, origin} of alarms)
      if (acts === false)
        yield {message: `the alarm ${name} has no action`, resource: name, origin, evidence: {actions: 0}};
  },
});
