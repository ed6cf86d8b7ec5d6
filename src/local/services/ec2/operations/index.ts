import {assignPrivateIpAddresses} from './assign-private-ip-addresses.ts';
import {createNetworkInterface} from './create-network-interface.ts';
import {deleteNetworkInterface} from './delete-network-interface.ts';
import {describeNetworkInterfaces} from './describe-network-interfaces.ts';
import {describeSubnets} from './describe-subnets.ts';
import {unassignPrivateIpAddresses} from './unassign-private-ip-addresses.ts';

export const operations = [
  assignPrivateIpAddresses,
  createNetworkInterface,
  deleteNetworkInterface,
  describeNetworkInterfaces,
  describeSubnets,
  unassignPrivateIpAddresses,
];
