import {createHash} from 'node:crypto';
import type {AwsClients} from '../../aws/clients.ts';
import {describeAwsError} from '../../aws/describe-aws-error.ts';
import {readTemplate} from '../../cloudformation/read-template.ts';
import {type Resolvable, unresolved} from '../../model/resolvable.ts';
import type {ChangeSet, PlannedChange} from '../change-set.ts';
import type {DeployedTemplate} from '../read-deployed.ts';
import {type CodeSize, codeSizes} from './code-sizes.ts';
import {type DataAtRisk, dataAtRisk} from './data-at-risk.ts';
import {type PermissionChange, permissionChanges} from './permission-changes.ts';

/** What somebody has to see before a change set is executed. */
export interface Review {
  readonly changeSet: string;
  readonly stackId: string;
  readonly changes: readonly PlannedChange[];
  readonly permissions: readonly PermissionChange[];
  readonly atRisk: readonly DataAtRisk[];
  readonly sizes: readonly CodeSize[];
  /** CloudFormation did not give the template of the change set back: permissions are those of what was sent to it. */
  readonly asSent?: true;
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
  /** Absent for a change set that another machine has made. */
  readonly sent?: string;
}

export async function reviewChangeSet(
  clients: AwsClients,
  {id, stackId, changes, parameters}: ChangeSet,
  {deployed, file, packageBytes = {}, sent}: ReviewOptions,
): Promise<Review> {
  const given = await templateOf(clients, id, sent !== undefined);
  const text = given ?? sent!;
  const before = deployed && {
    template: await readTemplate(deployed.text, 'the deployed template'),
    parameters: shownValues(deployed.parameters),
  };
  const after = {template: await readTemplate(text, file), parameters: shownValues(parameters)};
  const permissions = permissionChanges(before, after, changes);
  const atRisk = dataAtRisk(changes);
  const hash = hashOf({
    changeSet: id,
    template: text,
    parameters,
    changes,
    permissions,
    base: deployed === undefined ? null : {template: deployed.text, parameters: deployed.parameters},
  });
  const sizes = await codeSizes(clients, changes, packageBytes, before?.template);
  const asSent = given === undefined ? ({asSent: true} as const) : {};
  return {changeSet: id, stackId, changes, permissions, atRisk, sizes, ...asSent, hash};
}

/** The text as it was given to CloudFormation; undefined where it finds a stack's template only, as moto does. */
async function templateOf(clients: AwsClients, changeSet: string, maybeAbsent: boolean): Promise<string | undefined> {
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody = ''} = await client.getTemplate({ChangeSetName: changeSet, TemplateStage: 'Original'});
    return TemplateBody;
  } catch (error) {
    if (maybeAbsent && error instanceof Error && /^Stack with id None does not exist/.test(error.message))
      return undefined;
    throw describeAwsError(error, 'read the template of the change set');
  }
}

/** CloudFormation shows a NoEcho parameter as asterisks. */
export function shownValues(
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, Resolvable<string>>> {
  const entries = Object.entries(parameters).map(([name, value]) => [
    name,
    /^\*+$/.test(value) ? unresolved(`!Ref ${name}`, 'CloudFormation does not show this parameter') : value,
  ]);
  return Object.fromEntries(entries);
}

function hashOf(reviewed: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(reviewed)))
    .digest('hex');
}

/** The order in which AWS lists parameters and changes says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => JSON.stringify(sorted(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
