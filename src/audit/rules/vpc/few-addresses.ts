import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {noNetworks} from '../../no-networks.ts';

/** Lambda takes an address for each pair of subnet and security groups, and another for each 65,000 connections. */
const few = 8;

export default defineRule({
  id: 'vpc/few-addresses',
  subject: 'function',
  severity: 'low',
  title: 'A subnet of a function has few addresses left',
  why: 'When none is left, Lambda cannot make another network interface there: an update fails, and so do invocations that would need it.',
  remedy: 'Give the function larger subnets, or take away what holds the addresses.',
  since: '0.1.0',
  notLocal: noNetworks,
  examples: {
    bad: 'CidrBlock: 10.0.0.0/28   # 11 addresses, for all that is in the subnet',
    good: 'CidrBlock: 10.0.0.0/24',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-enis',
  *check({name, vpc}, {inventory}) {
    if (vpc === undefined || isUnresolved(vpc) || isUnresolved(vpc.subnets)) return;
    for (const id of vpc.subnets) {
      const subnet = inventory.subnets?.find(each => each.id === id);
      // A template tells how many there are, and not how many are left.
      if (subnet?.freeAddresses === undefined || subnet.freeAddresses >= few) continue;
      const {name: shown, freeAddresses: left} = subnet;
      yield {
        message: `${shown}, a subnet of ${name}, has ${left === 0 ? 'no address' : left === 1 ? 'one address' : `${left} addresses`} left`,
        severity: left === 0 ? 'medium' : 'low',
        origin: vpc.origin,
        evidence: {subnet: subnet.id},
        key: subnet.id,
      };
    }
  },
});
