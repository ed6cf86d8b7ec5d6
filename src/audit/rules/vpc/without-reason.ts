import {asWritten, isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'vpc/without-reason',
  subject: 'function',
  severity: 'medium',
  title: 'A function is in a VPC, and nothing says why',
  why: 'A VPC makes nothing safer by itself. It takes addresses and a NAT gateway for everything outside, and deleting the function waits for its network interfaces.',
  remedy:
    'Take the VpcConfig away, or say what needs it: Metadata: {Gear: {VpcReason: ...}}, or the tag gear:VpcReason.',
  since: '0.1.0',
  examples: {
    bad: 'VpcConfig: {SubnetIds: [subnet-a, subnet-b], SecurityGroupIds: [sg-a]}',
    good: 'Metadata: {Gear: {VpcReason: The orders database has no public endpoint}}',
  },
  reference: 'https://docs.aws.amazon.com/wellarchitected/latest/serverless-applications-lens/aws-lambda.html',
  *check({name, vpc}) {
    if (vpc === undefined) return;
    if (isUnresolved(vpc)) {
      yield {unknown: `whether the function is in a VPC is not known: ${vpc.reason}`};
      return;
    }
    const said = vpc.reason !== undefined && (isUnresolved(vpc.reason) || vpc.reason.trim() !== '');
    if (said || vpc.privateTargets.length > 0) return;
    const subnets = isUnresolved(vpc.subnets) ? [vpc.subnets] : vpc.subnets;
    yield {
      message: `${name} is in a VPC without a reason`,
      origin: vpc.origin,
      evidence: {subnets: subnets.map(asWritten)},
    };
  },
});
