import type {LambdaFunction} from '../../../model/lambda-function.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/shared-role',
  subject: 'inventory',
  severity: 'high',
  title: 'Several functions share one role',
  why: 'Each of them can then do what any of them needs. One function, one role, is what least privilege means on Lambda.',
  remedy: 'Give each function a role of its own, with what that function needs.',
  since: '0.1.0',
  examples: {
    bad: 'Ingest:  {Role: !GetAtt SharedRole.Arn}\nRedrive: {Role: !GetAtt SharedRole.Arn}',
    good: 'Ingest:  {Role: !GetAtt IngestRole.Arn}\nRedrive: {Role: !GetAtt RedriveRole.Arn}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  *check({functions, roles}) {
    const users = new Map<string, LambdaFunction[]>();
    for (const fn of functions) {
      // Two functions with the same parameter as their role share it, whatever its value will be.
      const role = isUnresolved(fn.role) ? fn.role.text : fn.role;
      users.set(role, [...(users.get(role) ?? []), fn]);
    }
    for (const [arn, sharing] of users) {
      if (sharing.length < 2) continue;
      const role = roles.find(candidate => candidate.arn === arn);
      const names = sharing.map(fn => fn.name).sort();
      yield {
        message: `${role?.name ?? arn} is the role of ${names.length} functions: ${names.join(', ')}`,
        function: null,
        resource: role?.name ?? arn,
        origin: role?.origin ?? sharing[0]!.origin,
        evidence: {role: role?.name ?? arn, functions: names},
      };
    }
  },
});
