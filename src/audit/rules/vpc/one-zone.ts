import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {noNetworks} from '../../no-networks.ts';

export default defineRule({
  id: 'vpc/one-zone',
  subject: 'function',
  severity: 'medium',
  title: 'All subnets of a function are in one availability zone',
  why: 'Several subnets of one zone fail together.',
  remedy: 'Give it subnets in at least two availability zones.',
  since: '0.1.0',
  notLocal: noNetworks,
  examples: {
    bad: 'PrivateA: {AvailabilityZone: !Select [0, !GetAZs ""]}\nPrivateB: {AvailabilityZone: !Select [0, !GetAZs ""]}',
    good: 'PrivateB: {AvailabilityZone: !Select [1, !GetAZs ""]}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  *check({name, vpc}, {inventory}) {
    if (vpc === undefined || isUnresolved(vpc) || isUnresolved(vpc.subnets) || vpc.subnets.length < 2) return;
    const own = vpc.subnets.map(id => inventory.subnets?.find(subnet => subnet.id === id));
    const [zone, ...others] = own.map(subnet => subnet?.zone);
    // Subnets from elsewhere, and those without a zone, are put where there is room.
    if (zone === undefined || others.some(other => other !== zone)) return;
    yield {
      message: `the ${own.length} subnets of ${name} are in one availability zone`,
      origin: vpc.origin,
      evidence: {subnets: own.flatMap(subnet => subnet?.name ?? [])},
    };
  },
});
