import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {grantsFinder, opaquePolicy, openGrant} from '../../grants.ts';
import {roleOf} from '../../relations.ts';

export default defineRule({
  id: 'vpc/missing-network-permissions',
  subject: 'function',
  severity: 'high',
  title: 'A function is in a VPC, and its role may not make network interfaces',
  why: 'Lambda makes the interfaces with the permissions of the role; without them the function cannot be created or updated.',
  remedy:
    'Attach arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole, or allow the actions that it lists.',
  since: '0.1.0',
  examples: {
    bad: 'ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    good: 'ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions',
  *check(fn, {inventory}) {
    const {name, vpc} = fn;
    if (vpc === undefined || isUnresolved(vpc)) return;
    const role = roleOf(fn, inventory);
    if (role === undefined) {
      yield {unknown: 'its role is not in what was read', origin: vpc.origin};
      return;
    }
    const grantsFor = grantsFinder(role, inventory);
    const missing = needed.filter(action => grantsFor(action).length === 0);
    if (missing.length === 0) return;
    const unread = opaquePolicy(role, inventory);
    const open = missing.map(action => openGrant(role, inventory, action)).find(unknown => unknown !== undefined);
    if (unread !== undefined) yield {unknown: `what ${unread} allows is not known`, origin: vpc.origin};
    else if (open !== undefined)
      yield {unknown: `whether its role allows ${missing.join(', ')} is not known: ${open.reason}`, origin: vpc.origin};
    else
      yield {
        message: `the role of ${name} does not allow ${missing.join(', ')}`,
        resource: role.name,
        origin: role.origin,
        evidence: {actions: missing},
      };
  },
});

const needed = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];
