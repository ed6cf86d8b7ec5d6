import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import type {PlannedChange} from '../change-set.ts';
import {comparableBodies} from '../diff/comparable-bodies.ts';
import {compareTemplates} from '../diff/compare-templates.ts';
import type {PackagedTemplate} from '../package-template.ts';
import {readDeployed} from '../read-deployed.ts';
import {readStack} from '../read-stack.ts';
import {type DataAtRisk, dataAtRisk} from './data-at-risk.ts';
import {dependents} from './dependents.ts';
import {type PermissionChange, permissionChanges} from './permission-changes.ts';
import {reviewHash} from './review-hash.ts';
import {shownValues} from './shown-values.ts';

/** What somebody can see of a deployment whose change set cannot be made before another service is deployed. */
export interface DraftReview {
  /** By the templates alone: what is modified may also be replaced, and may stay as it is. */
  readonly changes: readonly PlannedChange[];
  readonly permissions: readonly PermissionChange[];
  /** What is removed; what is replaced only shows in the change set. */
  readonly atRisk: readonly DataAtRisk[];
  /** Over the template, its packages and parameters, and what the stack is now. */
  readonly hash: string;
}

interface DraftOptions {
  readonly stackName: string;
  readonly packaged: PackagedTemplate;
  /** Values that others have to be deployed for are unresolved. */
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
}

/** The difference between the templates; what hangs on a value that is not known yet counts as changed, and as widened. */
export async function draftReview(
  clients: AwsClients,
  {account, region}: AwsIdentity,
  {stackName, packaged, parameters}: DraftOptions,
): Promise<DraftReview> {
  const {template, packages} = packaged;
  const stack = await readStack(clients, stackName);
  const deployed = await readDeployed(clients, stack);
  const before = parseTemplate(deployed?.text || '{}', 'the deployed template', {duplicateKeys: 'last'});
  const changes = changedResources(before, template, packages, differing(parameters, deployed?.parameters ?? {}));
  const permissions = permissionChanges(
    deployed && {template: before, parameters: shownValues(deployed.parameters)},
    {template, parameters: {...shownValues(keptParameters(template, deployed?.parameters ?? {})), ...parameters}},
    changes,
  );
  const hash = reviewHash({
    stackName,
    account,
    region,
    content: contentOf(packaged),
    parameters,
    changes,
    permissions,
    base: deployed === undefined ? null : {template: deployed.text, parameters: deployed.parameters},
  });
  return {changes, permissions, atRisk: dataAtRisk(changes), hash};
}

/** All that is going to be uploaded, also for nested stacks: what is in these, the templates alone do not compare. */
function contentOf({template, packages, nested}: PackagedTemplate): object {
  return {
    template: template.text,
    packages: packages.map(({logicalId, zip}) => `${logicalId} ${zip.hash}`),
    nested: nested.map(({logicalId, ...each}) => ({logicalId, ...contentOf(each)})),
  };
}

/** Those that differ, and those that may come out differently because they refer to what differs. */
function changedResources(
  before: Template,
  after: Template,
  packages: PackagedTemplate['packages'],
  parameters: readonly string[],
): readonly PlannedChange[] {
  const bodies = comparableBodies(before, after, packages);
  const differences = compareTemplates(bodies.before, bodies.after);
  const different = differences.filter(({section}) => section === 'Resources');
  // A condition or a mapping that differs may reach any resource.
  const isAnywhere = differences.some(
    ({section}) => !['Resources', 'Outputs', 'Parameters', 'Description'].includes(section),
  );
  const changed = new Map(different.map(({name, action}) => [name, action]));
  const types = (template: Template) => (template.body.Resources ?? {}) as Record<string, {Type?: string} | null>;
  const reached = isAnywhere ? Object.keys(types(after)) : dependents(after, [...parameters, ...changed.keys()]);
  for (const name of reached) if (!changed.has(name)) changed.set(name, 'Modify');
  return [...changed].map(([logicalId, action]) => ({
    action,
    logicalId,
    resourceType: (types(after)[logicalId] ?? types(before)[logicalId])?.Type ?? '',
    replacement: undefined,
    properties: [],
  }));
}

function differing(
  parameters: DraftOptions['parameters'],
  deployed: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.keys(parameters).filter(name => parameters[name] !== deployed[name]);
}

/** What is not given stays as the stack has it. */
function keptParameters(
  {body}: Template,
  deployed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const declared = Object.keys((body.Parameters as object | null | undefined) ?? {});
  return Object.fromEntries(Object.entries(deployed).filter(([name]) => declared.includes(name)));
}
