import {defineRule} from '../../define-rule.ts';
import {allows, isOpenToAnybody, permissionsOf, unboundServices} from '../../who-may.ts';

export default defineRule({
  id: 'iam/open-invoke-permission',
  subject: 'inventory',
  severity: 'high',
  title: 'A function can be invoked by others than the one source that is meant',
  why: 'A service acts for every AWS account: without the source in the permission, the bucket, topic or API of a stranger can invoke the function.',
  remedy:
    'Say for whom the service may come: SourceArn, and for S3 also SourceAccount, as a bucket ARN has no account.',
  since: '0.1.0',
  examples: {
    bad: 'Properties: {Action: lambda:InvokeFunction, Principal: sns.amazonaws.com, FunctionName: !Ref Notify}',
    good: 'Properties: {Action: lambda:InvokeFunction, Principal: sns.amazonaws.com, SourceArn: !Ref Orders, FunctionName: !Ref Notify}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html',
  *check(inventory) {
    for (const {policy, statement} of permissionsOf(inventory, ['function'])) {
      if (!allows(statement, 'lambda:InvokeFunction')) continue;
      const {name: resource} = policy;
      const {origin, conditions} = statement;
      const has = (name: string) => conditions.some(({key}) => key.toLowerCase() === name);
      const evidence = (principal: string) => ({action: 'lambda:InvokeFunction', principal});
      // What comes through a URL is open-function-url's.
      if (isOpenToAnybody(statement) && !has('lambda:invokedviafunctionurl'))
        yield {
          message: `${resource} lets anybody invoke the function`,
          severity: 'critical',
          resource,
          origin,
          evidence: evidence('*'),
        };
      for (const service of unboundServices(statement))
        yield {
          message: `${resource} lets ${service} invoke the function on behalf of any account`,
          resource,
          origin,
          evidence: evidence(service),
          key: service,
        };
      if (
        statement.principal?.Service?.includes('s3.amazonaws.com') &&
        has('aws:sourcearn') &&
        !has('aws:sourceaccount')
      )
        yield {
          message: `${resource} names a bucket and no account; whoever has a bucket of that name next can invoke the function`,
          severity: 'medium',
          resource,
          origin,
          evidence: evidence('s3.amazonaws.com'),
          key: 'account',
        };
    }
  },
});
