import {notImplemented} from '../../service-error.ts';
import type {Stack} from './model.ts';
import {invalid} from './submission.ts';

/**
 * What a rollback that goes on may leave as it is: resources that it failed on. A nested stack itself is left only once
 * it is deleted.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export function requireSkippable({stackName, resources}: Stack, names: readonly string[]): void {
  for (const name of names) {
    if (name.includes('.')) throw notImplemented(`ResourcesToSkip of nested stacks: ${name}`);
    const resource = resources[name];
    if (resource?.status !== 'UPDATE_FAILED')
      throw invalid(`ResourcesToSkip: ${name} is not in the state UPDATE_FAILED in the stack ${stackName}`);
    if (resource.type === 'AWS::CloudFormation::Stack')
      throw invalid(`ResourcesToSkip: ${name} is a nested stack that is not deleted`);
  }
}
