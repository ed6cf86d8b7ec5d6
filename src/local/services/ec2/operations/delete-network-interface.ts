import {operationOf} from '../../../operation.ts';
import {boolean, structure} from '../../../shape.ts';
import {everyInterface} from '../arn.ts';
import {dryRun} from '../dry-run.ts';

export const deleteNetworkInterface = operationOf<undefined>()({
  name: 'DeleteNetworkInterface',
  input: structure({DryRun: boolean}),
  permissions: (_, context) => [{action: 'ec2:DeleteNetworkInterface', resource: everyInterface(context)}],
  run: input => dryRun('DeleteNetworkInterface', input),
});
