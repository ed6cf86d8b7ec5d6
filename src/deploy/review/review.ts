import type {AwsClients} from '../../aws/clients.ts';
import {describeAwsError} from '../../aws/describe-aws-error.ts';
import {readTemplate} from '../../cloudformation/read-template.ts';
import type {ChangeSet, PlannedChange} from '../change-set.ts';
import type {DeployedTemplate} from '../read-deployed.ts';
import {type CodeSize, codeSizes} from './code-sizes.ts';
import {type DataAtRisk, dataAtRisk} from './data-at-risk.ts';
import {type PermissionChange, permissionChanges} from './permission-changes.ts';
import {reviewHash} from './review-hash.ts';
import {shownValues} from './shown-values.ts';

/** What somebody has to see before a change set is executed. */
export interface Review {
  readonly changeSet: string;
  readonly stackId: string;
  readonly changes: readonly PlannedChange[];
  readonly permissions: readonly PermissionChange[];
  readonly atRisk: readonly DataAtRisk[];
  readonly sizes: readonly CodeSize[];
  /**
   * Over the change set and all that was reviewed, and over what the stack is now: whoever approves it approves
   * exactly this change to exactly this stack. Sizes are not in it, as they can be asked for on this machine only.
   */
  readonly hash: string;
}

interface ReviewOptions {
  /** Absent for a stack that has to be created. */
  readonly deployed: DeployedTemplate | undefined;
  /** In messages. */
  readonly file: string;
  /** Of the packages that were made for it, by the function's logical ID. */
  readonly packageBytes?: Readonly<Record<string, number>>;
}

export async function reviewChangeSet(
  clients: AwsClients,
  {id, stackId, changes, parameters}: ChangeSet,
  {deployed, file, packageBytes = {}}: ReviewOptions,
): Promise<Review> {
  const text = await templateOf(clients, id);
  const before = deployed && {
    template: await readTemplate(deployed.text, 'the deployed template'),
    parameters: shownValues(deployed.parameters),
  };
  const after = {template: await readTemplate(text, file), parameters: shownValues(parameters)};
  const permissions = permissionChanges(before, after, changes);
  const atRisk = dataAtRisk(changes);
  const hash = reviewHash({
    changeSet: id,
    template: text,
    parameters,
    changes,
    permissions,
    base: deployed === undefined ? null : {template: deployed.text, parameters: deployed.parameters},
  });
  const sizes = await codeSizes(clients, changes, packageBytes, before?.template);
  return {changeSet: id, stackId, changes, permissions, atRisk, sizes, hash};
}

/** The text as it was given to CloudFormation. */
async function templateOf(clients: AwsClients, changeSet: string): Promise<string> {
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody = ''} = await client.getTemplate({ChangeSetName: changeSet, TemplateStage: 'Original'});
    return TemplateBody;
  } catch (error) {
    throw describeAwsError(error, 'read the template of the change set');
  }
}
