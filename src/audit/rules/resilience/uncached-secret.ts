import {defineRule} from '../../define-rule.ts';
import {handlerWorkOf} from '../../handler-work-of.ts';

export default defineRule({
  id: 'resilience/uncached-secret',
  subject: 'function',
  severity: 'low',
  title: 'A handler reads a secret or parameter in every invocation',
  why: 'Each invocation waits for it and pays for it, and a burst of them is throttled: the Parameter Store answers 40 calls a second of an account unless more is paid for.',
  remedy:
    'Keep the value for some minutes: Powertools’ parameters, the Parameters and Secrets extension, or a variable of the module.',
  since: '0.1.0',
  examples: {
    bad: 'def handler(event, context):\n    key = ssm.get_parameter(Name=NAME)',
    good: 'def handler(event, context):\n    key = parameters.get_parameter(NAME, max_age=300)',
  },
  reference: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html',
  *check(fn) {
    yield* handlerWorkOf(fn, 'secret', ({what}) => `${fn.name} asks for ${what} again in each invocation`);
  },
});
