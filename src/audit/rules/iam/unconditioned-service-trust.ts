import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/unconditioned-service-trust',
  subject: 'role',
  severity: 'info',
  title: 'A service may take a role for anybody who asks it to',
  why: 'A service that acts for many customers can be asked by one to use the role of another, unless the trust policy says for whose resources.',
  remedy: 'Add a condition on aws:SourceAccount, or on aws:SourceArn where the resource is known.',
  since: '0.1.0',
  examples: {
    bad: 'Principal: {Service: scheduler.amazonaws.com}\nAction: sts:AssumeRole',
    good: 'Principal: {Service: scheduler.amazonaws.com}\nAction: sts:AssumeRole\nCondition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  *check({trustPolicy}) {
    if (isUnresolved(trustPolicy)) return;
    for (const {effect, principal, conditions, origin} of trustPolicy.statements) {
      if (effect === 'Deny' || conditions.some(({key}) => sources.test(key))) continue;
      for (const service of principal?.Service ?? [])
        if (!isUnresolved(service) && supporting.has(service))
          yield {
            message: `${service} can assume this role on behalf of any account`,
            origin,
            evidence: {principal: service},
            key: service,
          };
    }
  },
});

const sources = /^aws:(SourceAccount|SourceArn|SourceOrgID|SourceOrgPaths)$/i;

/**
 * Services whose own documentation says that they send the keys. Of others it is not known, and a condition that they
 * do not answer takes the role away from them; Lambda's is passed within the account only.
 */
const supporting: ReadonlySet<string> = new Set([
  'appflow.amazonaws.com',
  'appsync.amazonaws.com',
  'bedrock.amazonaws.com',
  'events.amazonaws.com',
  'iot.amazonaws.com',
  'logs.amazonaws.com',
  'pipes.amazonaws.com',
  'scheduler.amazonaws.com',
  'states.amazonaws.com',
  'transfer.amazonaws.com',
]);
