import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import type {Template} from '../../cloudformation/parse.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {GearError} from '../../errors.ts';
import type {PlannedChange} from '../change-set.ts';
import {declaredParameters} from '../known-parameters.ts';
import type {FunctionPackage} from '../package-functions.ts';
import type {StackDescription} from '../read-stack.ts';
import {codeSizes} from '../review/code-sizes.ts';
import {dataAtRisk} from '../review/data-at-risk.ts';
import {permissionChanges} from '../review/permission-changes.ts';
import type {Review} from '../review/review.ts';
import {shownValues} from '../review/shown-values.ts';
import {newNestedPlace, type StackPlace} from '../review/stack-place.ts';
import {askCloudFormation} from './ask-cloudformation.ts';
import {carriedOut} from './carried-out.ts';
import type {ComparedNested} from './compare-nested.ts';
import type {ComparedService, DiffOptions, ServiceDiff} from './diff-service.ts';

/** What the differences mean, as the review of a deployment would say it. */
export interface DiffReview extends Pick<Review, 'permissions' | 'atRisk' | 'sizes' | 'place'> {
  readonly replaced: readonly Replaced[];
  /** Why nobody knows here what would be replaced. */
  readonly notReviewed: string | undefined;
}

export interface Replaced {
  readonly logicalId: string;
  /** False where it hangs on what only is known once something else has been changed. */
  readonly certain: boolean;
  /** What asks for it. */
  readonly properties: readonly string[];
}

/**
 * Only CloudFormation knows what it would replace, so it is asked, by a change set that is deleted again. Who may not
 * create one still sees the permissions, of which the templates tell.
 */
export async function reviewDiff(
  clients: AwsClients,
  identity: AwsIdentity,
  options: DiffOptions,
  compared: ComparedService,
): Promise<DiffReview> {
  const {diff, deployed, stack, packaged} = compared;
  const {template: written, packages} = packaged;
  const {changes, notReviewed, ofTemplates} = await plannedChanges(clients, identity, options, compared);
  const own = changesIn('', changes);
  const place = {account: identity.account, region: identity.region, stackName: options.stackName};
  const kept = stack?.parameters ?? {};
  const values = declaredParameters(written).flatMap(name => {
    const value = options.parameters[name] ?? kept[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // Changes that templates alone tell of are not of what macros make.
  const access: AccessTemplates = async (both, of) => (ofTemplates ? both : carriedOut(clients, both, of));
  const both = await access({deployed, written}, stack);
  const inside = await Promise.all(
    compared.nested.map(each =>
      reviewNested(clients, each, {changes, access, place: placeOfNested(each, compared.nested, place)}),
    ),
  );
  const permissions = [
    ...permissionChanges(
      diff.creates ? undefined : {template: both.deployed, parameters: shownValues(kept), place},
      {template: both.written, parameters: shownValues(Object.fromEntries(values)), place},
      own,
    ),
    ...inside.flatMap(each => each.permissions),
  ];
  const sizes = await codeSizes(clients, own, bytesOf(packages), deployed);
  return {
    place,
    permissions,
    atRisk: dataAtRisk(changes),
    sizes: [...sizes, ...inside.flatMap(each => each.sizes)],
    replaced: changes.flatMap(replacement),
    notReviewed,
  };
}

type AccessTemplates = (
  both: {readonly deployed: Template; readonly written: Template},
  stack: StackDescription | undefined,
) => Promise<{readonly deployed: PlacedTemplate; readonly written: PlacedTemplate}>;

interface NestedOptions {
  readonly changes: readonly PlannedChange[];
  readonly access: AccessTemplates;
  readonly place: StackPlace;
}

async function reviewNested(
  clients: AwsClients,
  {path, stack, written, deployed, packages, parameters}: ComparedNested,
  {changes: all, access, place}: NestedOptions,
): Promise<Pick<Review, 'permissions' | 'sizes'>> {
  const changes = changesIn(`${path}/`, all);
  const both = await access({deployed, written}, stack);
  const permissions = permissionChanges(
    stack && {template: both.deployed, parameters: shownValues(stack.parameters), place},
    {template: both.written, parameters: shownValues(parameters), place},
    changes,
  );
  const sizes = await codeSizes(clients, changes, bytesOf(packages), deployed);
  return {
    permissions: permissions.map(change => ({...change, name: `${path}/${change.name}`})),
    sizes: sizes.map(size => ({...size, function: `${path}/${size.function}`})),
  };
}

function placeOfNested(
  {path, stack}: Pick<ComparedNested, 'path' | 'stack'>,
  all: readonly ComparedNested[],
  root: StackPlace,
): StackPlace {
  if (stack !== undefined) return {...root, stackName: stack.name};
  const end = path.lastIndexOf('/');
  const above = all.find(each => each.path === path.slice(0, Math.max(end, 0)));
  return newNestedPlace(above === undefined ? root : placeOfNested(above, all, root), path.slice(end + 1));
}

/** Those of one stack, under the names that they have in its own template. */
function changesIn(path: string, all: readonly PlannedChange[]): readonly PlannedChange[] {
  return all
    .filter(({logicalId}) => logicalId.startsWith(path) && !logicalId.slice(path.length).includes('/'))
    .map(change => ({...change, logicalId: change.logicalId.slice(path.length)}));
}

function bytesOf(packages: readonly FunctionPackage[]): Readonly<Record<string, number>> {
  return Object.fromEntries(packages.map(({logicalId, zip}) => [logicalId, zip.bytes.length]));
}

interface Planned {
  readonly changes: readonly PlannedChange[];
  readonly notReviewed: string | undefined;
  /** Nobody has asked CloudFormation. */
  readonly ofTemplates: boolean;
}

async function plannedChanges(
  clients: AwsClients,
  identity: AwsIdentity,
  options: DiffOptions,
  compared: ComparedService,
): Promise<Planned> {
  const {diff, stack} = compared;
  const {creates, template, parameters, changeSet, notCompared} = diff;
  const alone = (notReviewed?: string) => ({changes: changesOfTemplates(diff), notReviewed, ofTemplates: true});
  const asked = (changes: readonly PlannedChange[]) => ({changes, notReviewed: undefined, ofTemplates: false});
  if (changeSet.length > 0) return asked(changeSet);
  const nothingReplaced =
    parameters.length === 0 &&
    template.every(({section, action, members}) =>
      section === 'Resources' ? action === 'Modify' && members.every(isCode) : /^(Outputs|Description)$/.test(section),
    );
  if (creates || nothingReplaced) return alone();
  if (notCompared !== undefined) return alone(notCompared);
  try {
    const answer = await askCloudFormation(clients, identity, {...compared, ...options, stack: stack!});
    return answer.notCompared === undefined ? asked(answer.changeSet) : alone(answer.notCompared);
  } catch (error) {
    if (options.signal?.aborted || !(error instanceof GearError)) throw error;
    return alone(error.message);
  }
}

/** As far as they tell: what a parameter that changes does to others is not among them. */
function changesOfTemplates({template}: ServiceDiff): readonly PlannedChange[] {
  return template
    .filter(({section}) => section === 'Resources')
    .map(({action, name, type = '', members}) => ({
      action,
      logicalId: name,
      resourceType: type,
      replacement: undefined,
      properties: members.map(({path}) => ({name: path.split(/[.[]/)[0]!, dynamic: false, cause: undefined})),
    }));
}

function isCode({path, after}: {readonly path: string; readonly after?: unknown}): boolean {
  return path === 'Code' && /^package /.test(String(after));
}

function replacement({logicalId, replacement, properties}: PlannedChange): readonly Replaced[] {
  if (replacement !== 'True' && replacement !== 'Conditional') return [];
  const names = properties.filter(({recreates}) => recreates).map(({name}) => name);
  return [{logicalId, certain: replacement === 'True', properties: names}];
}
