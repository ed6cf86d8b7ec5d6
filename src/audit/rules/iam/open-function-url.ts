import {defineRule} from '../../define-rule.ts';
import {allows, isOpenToAnybody, permissionsOf} from '../../who-may.ts';

export default defineRule({
  id: 'iam/open-function-url',
  subject: 'inventory',
  severity: 'high',
  title: 'A function URL answers anybody',
  why: 'Anybody on the internet can call it, as often as they like, and nothing in front of it asks who they are or counts their calls.',
  remedy:
    'Set AuthType: AWS_IAM, or put an HTTP API with an authorizer in front; a URL that is meant to be public can say so in an ignore.',
  since: '0.1.0',
  examples: {bad: 'FunctionUrlConfig: {AuthType: NONE}', good: 'FunctionUrlConfig: {AuthType: AWS_IAM}'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  *check(inventory) {
    for (const {policy, statement} of permissionsOf(inventory, ['function']))
      if (allows(statement, 'lambda:InvokeFunctionUrl') && isOpenToAnybody(statement))
        yield {
          message: `the URL of ${policy.name} can be called by anybody`,
          resource: policy.name,
          origin: statement.origin,
          evidence: {action: 'lambda:InvokeFunctionUrl', principal: '*'},
        };
  },
});
