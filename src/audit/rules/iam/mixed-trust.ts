import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/mixed-trust',
  subject: 'role',
  severity: 'medium',
  title: 'A role is trusted by Lambda and by others',
  why: 'What the function may do, the other service may do too: a machine, a pipeline or a person has the permissions of the function.',
  remedy: 'Give the function a role that only lambda.amazonaws.com may assume, and the others roles of their own.',
  since: '0.1.0',
  examples: {
    bad: 'Principal: {Service: [lambda.amazonaws.com, ec2.amazonaws.com]}\nAction: sts:AssumeRole',
    good: 'Principal: {Service: lambda.amazonaws.com}\nAction: sts:AssumeRole',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  *check({trustPolicy, name, origin}) {
    // A trust policy that is not known is reported by open-trust.
    if (isUnresolved(trustPolicy)) return;
    const trusted = trustPolicy.statements
      .filter(({effect}) => effect === 'Allow')
      .flatMap(({principal, origin: at}) =>
        Object.values(principal ?? {}).flatMap(names => names.map(who => ({who, origin: at}))),
      );
    if (!trusted.some(({who}) => who === 'lambda.amazonaws.com')) return;
    const others = trusted.filter(({who}) => !isUnresolved(who) && !lambdaItself.has(who) && who !== '*');
    if (others.length === 0) return;
    const names = [...new Set(others.map(({who}) => String(who)))].sort();
    yield {
      message: `${name} can be assumed by Lambda and by ${names.join(', ')}`,
      origin: others[0]?.origin ?? origin,
      evidence: {principals: names},
      key: [...names].sort().join(' '),
    };
  },
});

/** Lambda@Edge asks for both. */
const lambdaItself: ReadonlySet<unknown> = new Set(['lambda.amazonaws.com', 'edgelambda.amazonaws.com']);
