import {operationOf} from '../../../operation.ts';
import {boolean, structure} from '../../../shape.ts';
import {dryRun} from '../dry-run.ts';

export const describeNetworkInterfaces = operationOf<undefined>()({
  name: 'DescribeNetworkInterfaces',
  input: structure({DryRun: boolean}),
  permissions: () => [{action: 'ec2:DescribeNetworkInterfaces', resource: '*'}],
  run: input => dryRun('DescribeNetworkInterfaces', input),
});
