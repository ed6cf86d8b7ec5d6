import {defineRule} from '../../define-rule.ts';
import {handlerWorkOf} from '../../handler-work-of.ts';

export default defineRule({
  id: 'coldstart/client-in-handler',
  subject: 'function',
  severity: 'medium',
  title: 'A handler constructs an SDK client in every invocation',
  why: 'A client made outside the handler is made once, while the environment starts with full processor power, and keeps its connection. One made inside resolves its endpoint and credentials and opens a connection each time.',
  remedy: 'Construct it at the top of the module, outside of all functions.',
  since: '0.1.0',
  examples: {
    bad: 'export const handler = async event => {\n  const s3 = new S3Client();\n  ...',
    good: 'const s3 = new S3Client();\n\nexport const handler = async event => {\n  ...',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html',
  *check(fn) {
    yield* handlerWorkOf(fn, 'client', ({what}) => `${fn.name} runs ${what} again in each invocation`);
  },
});
