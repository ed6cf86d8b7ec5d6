import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'vpc/single-subnet',
  subject: 'function',
  severity: 'medium',
  title: 'A function in a VPC has one subnet only',
  why: 'A subnet is in one availability zone: when that zone fails, or the subnet runs out of addresses, the function does not run.',
  remedy: 'Give it subnets in at least two availability zones.',
  since: '0.1.0',
  examples: {bad: 'SubnetIds: [subnet-a]', good: 'SubnetIds: [subnet-a, subnet-b]'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  *check({name, vpc}) {
    // Whether it is in a VPC at all is asked by without-reason.
    if (vpc === undefined || isUnresolved(vpc) || vpc.refusesOneSubnet) return;
    if (isUnresolved(vpc.subnets))
      yield {unknown: `its subnets are not known: ${vpc.subnets.reason}`, origin: vpc.origin};
    else if (vpc.subnets.length === 1) {
      const [subnet] = vpc.subnets;
      // One parameter may hold a list; one that names a single subnet is Unresolved too.
      if (isUnresolved(subnet)) yield {unknown: `its subnets are not known: ${subnet.reason}`, origin: vpc.origin};
      else yield {message: `${name} has one subnet`, origin: vpc.origin, evidence: {subnet: subnet!}};
    }
  },
});
