import {comparedSizes} from '../../../model/byte-size.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

const limit = 4096;

export default defineRule({
  id: 'size/environment-too-large',
  subject: 'function',
  severity: 'high',
  title: 'The environment of a function is over 4 KB',
  why: 'Lambda refuses it: the names and values of all variables together may have 4 KB.',
  remedy: 'Put what is long into the Parameter Store, AppConfig or the package, and give the function its name.',
  since: '0.1.0',
  examples: {bad: 'Variables: {ROUTES: "... 5 KB of JSON ..."}', good: 'Variables: {ROUTES_PARAMETER: /orders/routes}'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  *check({name, environment}) {
    // An environment that is not known is reported by secret-in-environment.
    if (environment === undefined || isUnresolved(environment)) return;
    const texts = environment.flatMap(({name: variable, value}) => [variable, isUnresolved(value) ? '' : value]);
    const bytes = Buffer.byteLength(texts.join(''));
    if (bytes <= limit) return;
    const [size, most] = comparedSizes(bytes, limit);
    yield {message: `the environment of ${name} has ${size}; the limit is ${most}`, evidence: {bytes, limit}};
  },
});
