import {operationOf} from '../../../operation.ts';
import {boolean, structure} from '../../../shape.ts';
import {dryRun} from '../dry-run.ts';

export const describeSubnets = operationOf<undefined>()({
  name: 'DescribeSubnets',
  input: structure({DryRun: boolean}),
  permissions: () => [{action: 'ec2:DescribeSubnets', resource: '*'}],
  run: input => dryRun('DescribeSubnets', input),
});
