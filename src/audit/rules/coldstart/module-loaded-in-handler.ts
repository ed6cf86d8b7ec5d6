import {defineRule} from '../../define-rule.ts';
import {handlerWorkOf} from '../../handler-work-of.ts';

export default defineRule({
  id: 'coldstart/module-loaded-in-handler',
  subject: 'function',
  severity: 'low',
  title: 'A handler loads a module that every invocation needs',
  why: 'At the top of the file it is loaded while the environment starts, with full processor power, and before anybody waits where the concurrency is provisioned. Inside, the first caller waits for it.',
  remedy: 'Import it at the top of the file. What is rarely needed may stay, under its condition.',
  since: '0.1.0',
  examples: {
    bad: 'def handler(event, context):\n    import pandas',
    good: 'import pandas\n\ndef handler(event, context):',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  *check(fn) {
    yield* handlerWorkOf(fn, 'module', ({what}) => `${fn.name} loads ${what} in its handler`);
  },
});
