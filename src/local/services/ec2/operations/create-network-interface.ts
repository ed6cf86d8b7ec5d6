import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {ec2Arn} from '../arn.ts';
import {dryRun} from '../dry-run.ts';

export const createNetworkInterface = operationOf<undefined>()({
  name: 'CreateNetworkInterface',
  input: structure({SubnetId: required(string), Groups: list(string), DryRun: boolean}),
  permissions: ({SubnetId, Groups = []}, context) =>
    ['network-interface/*', `subnet/${SubnetId}`, ...Groups.map(group => `security-group/${group}`)].map(resource => ({
      action: 'ec2:CreateNetworkInterface',
      resource: ec2Arn(resource, context),
    })),
  run: input => dryRun('CreateNetworkInterface', input),
});
