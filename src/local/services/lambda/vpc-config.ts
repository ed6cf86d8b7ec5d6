import {boolean, list, string, structure} from '../../shape.ts';
import {checkPattern, checkRange, invalidParameter} from './errors.ts';
import type {VpcConfig} from './function-configuration.ts';

/** Stored and returned: a function reaches what the machine reaches, inside a VPC and outside. */
export const vpcConfigShape = structure({
  SubnetIds: list(string),
  SecurityGroupIds: list(string),
  Ipv6AllowedForDualStack: boolean,
});

export interface VpcConfigInput {
  readonly SubnetIds?: readonly string[] | undefined;
  readonly SecurityGroupIds?: readonly string[] | undefined;
  readonly Ipv6AllowedForDualStack?: boolean | undefined;
}

/** Empty lists take a function out of its VPC; Lambda goes on to answer an empty one. */
export function vpcConfig(
  input: VpcConfigInput | undefined,
  before: VpcConfig | undefined,
): {readonly VpcConfig?: VpcConfig} {
  if (input === undefined) return before === undefined ? {} : {VpcConfig: before};
  const {SubnetIds = [], SecurityGroupIds = [], Ipv6AllowedForDualStack = false} = input;
  for (const id of SubnetIds) checkPattern('vpcConfig.subnetIds', id, /^subnet-[0-9a-z]*$/);
  for (const id of SecurityGroupIds) checkPattern('vpcConfig.securityGroupIds', id, /^sg-[0-9a-zA-Z]*$/);
  checkRange('vpcConfig.subnetIds.length', SubnetIds.length, 0, 16);
  checkRange('vpcConfig.securityGroupIds.length', SecurityGroupIds.length, 0, 5);
  if ((SubnetIds.length === 0) !== (SecurityGroupIds.length === 0))
    throw invalidParameter('SubnetIds and SecurityIds must coexist or be both empty list.');
  const VpcId = SubnetIds.length === 0 ? '' : onlyVpc;
  return {VpcConfig: {SubnetIds, SecurityGroupIds, VpcId, Ipv6AllowedForDualStack}};
}

/** There is no network, and so nothing that tells which VPC a subnet is in: all are in this one. */
const onlyVpc = 'vpc-00000000000000000';
