import type {SecurityGroup} from '../../../model/network.ts';
import {isUnresolved, type Resolvable} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {noNetworks} from '../../no-networks.ts';

export default defineRule({
  id: 'vpc/open-security-group',
  subject: 'function',
  severity: 'low',
  title: 'The security group of a function lets in connections from anywhere',
  why: 'Nobody can connect to a function, so it needs no inbound rule. Whatever else is given the group, a database or an instance, is open to the world.',
  remedy: 'Take the inbound rule away; give the function a security group of its own.',
  since: '0.1.0',
  notLocal: noNetworks,
  examples: {
    bad: 'SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]',
    good: 'Type: AWS::EC2::SecurityGroup   # without SecurityGroupIngress',
  },
  reference: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  *check({name, vpc}, {inventory}) {
    if (vpc === undefined || isUnresolved(vpc) || isUnresolved(vpc.securityGroups)) return;
    for (const id of vpc.securityGroups) {
      const group = inventory.securityGroups?.find(each => each.id === idOf(id));
      if (group === undefined) continue;
      const ports = portsOpenToAll(group);
      const unknown = group.ingress.map(({cidr}) => cidr).find(isUnresolved);
      if (ports.length === 0) {
        if (unknown !== undefined)
          yield {
            unknown: `whom ${group.name} lets in is not known: ${unknown.reason}`,
            resource: group.name,
            origin: group.origin,
          };
        continue;
      }
      yield {
        message: `${group.name}, a security group of ${name}, lets in ${ports.join(' and ')} from anywhere`,
        resource: group.name,
        origin: group.origin,
        evidence: {securityGroup: group.id, ports},
        key: group.id,
      };
    }
  },
});

/** `!Ref` and `!GetAtt ….GroupId` are the same. */
function idOf(written: Resolvable<string>): string | undefined {
  return isUnresolved(written) ? undefined : written.replace(/\.GroupId\}$/, '}');
}

function portsOpenToAll({ingress}: SecurityGroup): readonly string[] {
  const open = ingress.filter(({cidr}) => cidr === '0.0.0.0/0' || cidr === '::/0');
  return [
    ...new Set(
      open.map(({protocol, fromPort, toPort}) =>
        protocol === '-1' ? 'everything' : `${shown(protocol)} ${range(fromPort, toPort)}`,
      ),
    ),
  ].sort();
}

function range(from: Resolvable<number> | undefined, to: Resolvable<number> | undefined): string {
  if (from === undefined || from === -1) return 'on every port';
  return from === to || to === undefined ? shown(from) : `${shown(from)}-${shown(to)}`;
}

function shown(value: Resolvable<string | number>): string {
  return isUnresolved(value) ? value.text : String(value);
}
