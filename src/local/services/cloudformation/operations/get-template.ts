import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {changeSetPermission, stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {currentDeployment, invalid} from '../submission.ts';

/**
 * As it was submitted, or as its macros left it, which is the same where it calls none.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
 */
export const getTemplate = operationOf<CloudFormationStore>()({
  name: 'GetTemplate',
  input: structure({StackName: string, ChangeSetName: string, TemplateStage: string}),
  permissions: ({StackName, ChangeSetName}, _context, store) =>
    ChangeSetName === undefined
      ? stackPermission('GetTemplate', StackName, store)
      : changeSetPermission('GetTemplate', {ChangeSetName, StackName}, store),
  run({StackName, ChangeSetName, TemplateStage = 'Processed'}, _context, store) {
    if (TemplateStage !== 'Original' && TemplateStage !== 'Processed')
      throw invalid(
        `1 validation error detected: Value '${TemplateStage}' at 'templateStage' failed to satisfy constraint: Member must satisfy enum value set: [Processed, Original]`,
      );
    if (StackName === undefined && ChangeSetName === undefined)
      throw invalid('StackName is required if ChangeSetName is not specified.');
    const deployment =
      ChangeSetName === undefined
        ? currentDeployment(store.get(StackName ?? ''))
        : store.getChangeSet(ChangeSetName, StackName).deployment;
    const processed = TemplateStage === 'Processed' ? deployment?.processed : undefined;
    return {TemplateBody: processed ?? deployment?.template ?? '', StagesAvailable: ['Original', 'Processed']};
  },
});
