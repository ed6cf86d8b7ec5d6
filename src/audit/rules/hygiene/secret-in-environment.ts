import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {secretKind} from '../../secret-kind.ts';

export default defineRule({
  id: 'hygiene/secret-in-environment',
  subject: 'function',
  severity: 'high',
  title: 'A secret stands in the environment of a function',
  why: 'Everybody who may read the function’s configuration or the template reads it too, it stays in the history of both, and changing it takes a deployment.',
  remedy:
    'Put it into Secrets Manager or the Parameter Store, give the function its name, and have it load the value once. Then change the secret.',
  since: '0.1.0',
  examples: {
    bad: 'Variables: {DB_PASSWORD: hunter2hunter2}',
    good: 'Variables: {DB_SECRET_NAME: orders/database}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
  *check({name, environment}) {
    if (environment === undefined) return;
    if (isUnresolved(environment)) {
      yield {unknown: `its environment is not known: ${environment.reason}`};
      return;
    }
    for (const {name: variable, value, origin} of environment) {
      // What comes from elsewhere when the stack is deployed does not stand in the template.
      const kind = isUnresolved(value) ? undefined : secretKind(variable, value);
      // The value itself has no place in a report.
      if (kind !== undefined)
        yield {message: `${variable} of ${name} holds ${kind}`, origin, evidence: {variable, kind}, key: variable};
    }
  },
});
