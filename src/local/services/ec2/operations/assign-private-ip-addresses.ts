import {operationOf} from '../../../operation.ts';
import {boolean, structure} from '../../../shape.ts';
import {everyInterface} from '../arn.ts';
import {dryRun} from '../dry-run.ts';

export const assignPrivateIpAddresses = operationOf<undefined>()({
  name: 'AssignPrivateIpAddresses',
  input: structure({DryRun: boolean}),
  permissions: (_, context) => [{action: 'ec2:AssignPrivateIpAddresses', resource: everyInterface(context)}],
  run: input => dryRun('AssignPrivateIpAddresses', input),
});
