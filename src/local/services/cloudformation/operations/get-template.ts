import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {changeSetPermission, stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {currentDeployment, invalid} from '../submission.ts';

/** The text as it was submitted. No macros run here, so the processed template is the same text. */
export const getTemplate = operationOf<CloudFormationStore>()({
  name: 'GetTemplate',
  input: structure({StackName: string, ChangeSetName: string, TemplateStage: string}),
  permissions: ({StackName, ChangeSetName}, _context, store) =>
    ChangeSetName === undefined
      ? stackPermission('GetTemplate', StackName, store)
      : changeSetPermission('GetTemplate', {ChangeSetName, StackName}, store),
  run({StackName, ChangeSetName}, _context, store) {
    if (StackName === undefined && ChangeSetName === undefined)
      throw invalid('StackName is required if ChangeSetName is not specified.');
    const deployment =
      ChangeSetName === undefined
        ? currentDeployment(store.get(StackName ?? ''))
        : store.getChangeSet(ChangeSetName, StackName).deployment;
    return {TemplateBody: deployment?.template ?? '', StagesAvailable: ['Original', 'Processed']};
  },
});
