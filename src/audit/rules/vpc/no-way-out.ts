import type {Subnet} from '../../../model/network.ts';
import {isUnresolved, type Resolvable} from '../../../model/resolvable.ts';
import {calledServices} from '../../called-services.ts';
import {defineRule} from '../../define-rule.ts';
import {noNetworks} from '../../no-networks.ts';

export default defineRule({
  id: 'vpc/no-way-out',
  subject: 'function',
  severity: 'high',
  title: 'A function in a VPC cannot reach the services that it may call',
  why: 'A function has no public address, so an internet gateway does not help it; without a NAT gateway or an endpoint of the service its calls hang until it times out.',
  remedy:
    'Give the VPC an endpoint for each service (for S3 and DynamoDB they are free), or the subnets a NAT gateway; or take the function out of the VPC.',
  since: '0.1.0',
  notLocal: noNetworks,
  examples: {
    bad: 'VpcConfig: {SubnetIds: [!Ref PublicA, !Ref PublicB]}',
    good: 'VpcConfig: {SubnetIds: [!Ref PrivateA, !Ref PrivateB]}   # with a route to a NAT gateway',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html',
  *check({name, role, vpc}, {inventory}) {
    if (vpc === undefined || isUnresolved(vpc) || isUnresolved(vpc.subnets)) return;
    // What a template does not make is routed by somebody else.
    const own = vpc.subnets.flatMap(id => inventory.subnets?.find(subnet => subnet.id === id) ?? []);
    const stuck = own.filter(({defaultRoute}) => leadsNowhere(defaultRoute));
    const services = calledServices(role, inventory);
    if (own.length === 0 || services.length === 0) return;
    const unknown = own.map(({defaultRoute}) => defaultRoute).find(isUnresolved);
    if (unknown !== undefined && stuck.length === 0) {
      yield {unknown: `where its subnets lead is not known: ${unknown.reason}`, origin: vpc.origin};
      return;
    }
    const reached = (inventory.vpcEndpoints ?? [])
      .filter(({vpc: of}) => of === undefined || own.some(subnet => subnet.vpc === of))
      .map(({serviceName}) => serviceName);
    const missing = services.filter(service => !reached.some(endpoint => isOf(endpoint, service)));
    if (stuck.length === 0 || missing.length === 0) return;
    const subnets = stuck.map(subnet => subnet.name);
    yield {
      message: `${name} may call ${missing.join(', ')}, and ${subnets.join(' and ')} ${subnets.length === 1 ? 'has' : 'have'} no NAT gateway and no endpoint for ${missing.length === 1 ? 'it' : 'them'}`,
      origin: vpc.origin,
      evidence: {services: missing, subnets},
    };
  },
});

function leadsNowhere(route: Subnet['defaultRoute']): boolean {
  return route === 'none' || route === 'internet-gateway';
}

/** An endpoint whose service is not known is taken for the one that is looked for. */
function isOf(endpoint: Resolvable<string>, service: string): boolean {
  return isUnresolved(endpoint) || endpoint.endsWith(`.${service}`) || endpoint.includes(`.${service}.`);
}
