import {isDeepStrictEqual} from 'node:util';
import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import {stackResources} from '../../aws/stack-resources.ts';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import {artifactBucketName} from '../artifact-bucket.ts';
import type {PlannedChange} from '../change-set.ts';
import {comparableBodies} from '../diff/comparable-bodies.ts';
import {compareTemplates} from '../diff/compare-templates.ts';
import {declaredParameters} from '../known-parameters.ts';
import type {PackagedTemplate} from '../package-template.ts';
import {readDeployed} from '../read-deployed.ts';
import {readStack, type StackDescription} from '../read-stack.ts';
import {uploadedTemplate} from '../uploaded-template.ts';
import {dependents, hangingParameters} from './dependents.ts';
import {draftParameters, givenTo} from './draft-parameters.ts';
import {type PermissionChange, permissionChanges} from './permission-changes.ts';
import {shownValues} from './shown-values.ts';
import {newNestedPlace, type StackPlace} from './stack-place.ts';

interface StackDraft {
  readonly changes: readonly PlannedChange[];
  readonly permissions: readonly PermissionChange[];
  /** The template as CloudFormation will be given it: its addresses hold the hashes of all that it needs. */
  readonly proposed: string;
  /** What it and those nested in it are now. */
  readonly bases: readonly object[];
}

interface Drafted {
  readonly packaged: PackagedTemplate;
  readonly stack: StackDescription | undefined;
  readonly place: StackPlace;
  /** What is not among them stays as the stack has it. */
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
}

type Upload = {readonly identity: AwsIdentity; readonly service: string};

/** What would change in a stack and those nested in it, by their templates and what they are given. */
export async function draftStack(clients: AwsClients, upload: Upload, drafted: Drafted): Promise<StackDraft> {
  const {packaged, stack, place, parameters: given} = drafted;
  const deployed = await readDeployed(clients, stack);
  const before = parseTemplate(deployed?.text || '{}', 'the deployed template', {duplicateKeys: 'last'});
  const {template: proposed} = uploadedTemplate(packaged, {...upload, bucket: artifactBucketName(upload.identity)});
  const kept = deployed?.parameters ?? {};
  const differing = Object.keys(given).filter(name => given[name] !== kept[name]);
  const {changes, everywhere} = changedResources(before, {...packaged, template: proposed, included: []}, differing);
  const {template} = packaged;
  const parameters = {...shownValues(onlyDeclared(template, kept)), ...given};
  const permissions = permissionChanges(
    deployed && {template: before, parameters: shownValues(kept), place},
    {template, parameters, place},
    changes,
  );
  const base = deployed === undefined ? null : {template: deployed.text, parameters: kept};
  const draft = {changes, permissions, proposed: proposed.text, bases: [{stack: place.stackName, base}]};
  const changing = [...differing, ...changes.map(({logicalId}) => logicalId)];
  const isOpen = (nestedStack: string) => (name: string) =>
    everywhere ||
    hangingParameters(template, nestedStack, changing).includes(name) ||
    !isDeepStrictEqual(givenTo(before, nestedStack)[name], givenTo(template, nestedStack)[name]);
  return together(draft, await draftNested(clients, upload, {...drafted, parameters}, {changes, isOpen}));
}

interface Changing {
  readonly changes: readonly PlannedChange[];
  /** Whether a nested stack may be given another value of a parameter than the one that it has. */
  isOpen(nestedStack: string): (parameter: string) => boolean;
}

/** Those in which something may change, under their paths. */
async function draftNested(
  clients: AwsClients,
  upload: Upload,
  {packaged: {template, nested}, stack, place, parameters}: Drafted,
  {changes, isOpen}: Changing,
): Promise<readonly StackDraft[]> {
  const standing = nested.length === 0 || stack === undefined ? [] : await stackResources(clients, stack.id);
  const drafts: StackDraft[] = [];
  for (const each of nested) {
    const {logicalId} = each;
    if (!changes.some(change => change.logicalId === logicalId)) continue;
    const id = standing.find(resource => resource.logicalId === logicalId)?.physicalId;
    const inner = id === undefined ? undefined : await readStack(clients, id);
    const {
      changes: inside,
      permissions,
      ...draft
    } = await draftStack(clients, upload, {
      packaged: each,
      stack: inner,
      place: inner === undefined ? newNestedPlace(place, logicalId) : {...place, stackName: inner.name},
      parameters: draftParameters(each.template, {
        above: {template, parameters},
        logicalId,
        stack: inner,
        isOpen: isOpen(logicalId),
      }),
    });
    drafts.push({
      ...draft,
      changes: inside.map(change => ({...change, logicalId: `${logicalId}/${change.logicalId}`})),
      permissions: permissions.map(change => ({...change, name: `${logicalId}/${change.name}`})),
    });
  }
  return drafts;
}

function together(own: StackDraft, nested: readonly StackDraft[]): StackDraft {
  return {
    proposed: own.proposed,
    changes: [own, ...nested].flatMap(({changes}) => changes),
    permissions: [own, ...nested].flatMap(({permissions}) => permissions),
    bases: [own, ...nested].flatMap(({bases}) => bases),
  };
}

/** Those that differ, and those that may come out differently because they refer to what differs. */
function changedResources(
  before: Template,
  after: Pick<PackagedTemplate, 'template' | 'packages' | 'included'>,
  parameters: readonly string[],
): {readonly changes: readonly PlannedChange[]; readonly everywhere: boolean} {
  const bodies = comparableBodies(before, after);
  const differences = compareTemplates(bodies.before, bodies.after);
  const different = differences.filter(({section}) => section === 'Resources');
  // A condition or a mapping that differs may reach any resource.
  const everywhere = differences.some(
    ({section}) => !['Resources', 'Outputs', 'Parameters', 'Description'].includes(section),
  );
  const changed = new Map(different.map(({name, action}) => [name, action]));
  const types = (template: Template) => (template.body.Resources ?? {}) as Record<string, {Type?: string} | null>;
  const reached = everywhere
    ? Object.keys(types(after.template))
    : dependents(after.template, [...parameters, ...changed.keys()]);
  for (const name of reached) if (!changed.has(name)) changed.set(name, 'Modify');
  const changes = [...changed].map(([logicalId, action]) => ({
    action,
    logicalId,
    resourceType: (types(after.template)[logicalId] ?? types(before)[logicalId])?.Type ?? '',
    replacement: undefined,
    properties: [],
  }));
  return {changes, everywhere};
}

function onlyDeclared(template: Template, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const declared = declaredParameters(template);
  return Object.fromEntries(Object.entries(values).filter(([name]) => declared.includes(name)));
}
