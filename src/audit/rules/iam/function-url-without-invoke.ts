import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {allows, permissionsOf} from '../../who-may.ts';

export default defineRule({
  id: 'iam/function-url-without-invoke',
  subject: 'inventory',
  severity: 'high',
  title: 'A function URL is permitted, and the call that it makes is not',
  why: 'Since November 2026 Lambda asks for lambda:InvokeFunction beside lambda:InvokeFunctionUrl: every request is answered with 403.',
  remedy: 'Add a permission for lambda:InvokeFunction with InvokedViaFunctionUrl: true, for the same principal.',
  since: '0.1.0',
  examples: {
    bad: 'Type: AWS::Lambda::Permission\nProperties: {Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE, FunctionName: !Ref Api}',
    good: 'Type: AWS::Lambda::Permission\nProperties: {Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true, FunctionName: !Ref Api}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  *check(inventory) {
    const permitted = permissionsOf(inventory, ['function']);
    for (const {policy, statement} of permitted) {
      if (!allows(statement, 'lambda:InvokeFunctionUrl') || allows(statement, 'lambda:InvokeFunction')) continue;
      // What is not resolved may well be the same function.
      const about = policy.targets.filter(target => !isUnresolved(target));
      const invoking = permitted.some(
        other =>
          allows(other.statement, 'lambda:InvokeFunction') &&
          JSON.stringify(other.statement.principal) === JSON.stringify(statement.principal) &&
          (about.length === 0 || other.policy.targets.some(target => isUnresolved(target) || about.includes(target))),
      );
      if (!invoking)
        yield {
          message: `${policy.name} permits lambda:InvokeFunctionUrl, and nothing permits lambda:InvokeFunction to the same callers`,
          resource: policy.name,
          origin: statement.origin,
          evidence: {action: 'lambda:InvokeFunction', permitted: 'lambda:InvokeFunctionUrl'},
        };
    }
  },
});
