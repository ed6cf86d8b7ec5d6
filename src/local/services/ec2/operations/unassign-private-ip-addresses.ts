import {operationOf} from '../../../operation.ts';
import {boolean, structure} from '../../../shape.ts';
import {everyInterface} from '../arn.ts';
import {dryRun} from '../dry-run.ts';

export const unassignPrivateIpAddresses = operationOf<undefined>()({
  name: 'UnassignPrivateIpAddresses',
  input: structure({DryRun: boolean}),
  permissions: (_, context) => [{action: 'ec2:UnassignPrivateIpAddresses', resource: everyInterface(context)}],
  run: input => dryRun('UnassignPrivateIpAddresses', input),
});
