import {defineRule} from '../../define-rule.ts';
import {handlerWorkOf} from '../../handler-work-of.ts';

export default defineRule({
  id: 'resilience/connection-per-invocation',
  subject: 'function',
  severity: 'medium',
  title: 'A handler opens a database connection in every invocation',
  why: 'Each caller waits for the handshake, and under load the database runs out of connections, for everybody that uses it.',
  remedy:
    'Open it outside of the handler, or on first use, and keep it in a variable of the module; behind many environments put RDS Proxy.',
  since: '0.1.0',
  examples: {
    bad: 'def handler(event, context):\n    orders = pymysql.connect(host=HOST)',
    good: 'orders = pymysql.connect(host=HOST)\n\ndef handler(event, context):',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html',
  *check(fn) {
    yield* handlerWorkOf(fn, 'connection', ({what}) => `${fn.name} runs ${what} again in each invocation`);
  },
});
