import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'observability/hidden-reports',
  subject: 'function',
  severity: 'low',
  title: 'The log level hides what each invocation took',
  why: 'Below WARN Lambda says how long each invocation ran, how much memory it used and whether it was a cold start. Without these lines nobody can measure cold starts or find what was slow.',
  remedy: 'Leave SystemLogLevel at INFO; ApplicationLogLevel is what makes the function itself quieter.',
  since: '0.1.0',
  examples: {
    bad: 'LoggingConfig: {LogFormat: JSON, SystemLogLevel: WARN}',
    good: 'LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: WARN}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html',
  *check({name, systemLogLevel}) {
    if (systemLogLevel === 'WARN') yield {message: `${name} has the system log level WARN`, evidence: {systemLogLevel}};
  },
});
