import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import type {PlannedChange} from './change-set.ts';
import {isVersioned} from './function-hash.ts';

/** Descriptions of published versions, by the logical ID of the AWS::Lambda::Version. */
export type VersionDescriptions = Readonly<Record<string, string>>;

/**
 * CloudFormation publishes a version when the description of an AWS::Lambda::Version changes, so one that begins with
 * `gear` gets the hash of its function. The one that is deployed stays while it has this hash.
 */
export function describeVersions(
  template: Template,
  deployed: VersionDescriptions,
  hashOf: (functionId: string) => string,
): VersionDescriptions {
  const described = ownVersions(template).map(({logicalId, functionId}) => {
    const hash = hashOf(functionId);
    const before = deployed[logicalId];
    return [logicalId, before?.split(' ')[1] === hash ? before : `gear ${hash}`];
  });
  return Object.fromEntries(described);
}

/**
 * The descriptions as what CloudFormation is about to do asks for them; undefined when they are right. A function may
 * change for a reason that its hash does not see, such as a table that is replaced, and a version of it is due then.
 * With nothing changed Lambda would refuse to publish one, so the description that is deployed stays.
 */
export function reviseDescriptions(
  template: Template,
  deployed: VersionDescriptions,
  proposed: VersionDescriptions,
  changes: readonly PlannedChange[],
): VersionDescriptions | undefined {
  const changeOf = (id: string) => changes.find(({logicalId}) => logicalId === id);
  const revised = ownVersions(template).flatMap(({logicalId, functionId}) => {
    const before = deployed[logicalId];
    const version = changeOf(logicalId);
    const change = changeOf(functionId);
    if (before === undefined || version?.action === 'Add' || change?.replacement === 'True') return [];
    const publishes = version?.replacement === 'True';
    if (!publishes && changesForSure(change, changes)) return [[logicalId, next(proposed[logicalId]!)]];
    if (publishes && !change?.properties.some(({name}) => isVersioned(name))) return [[logicalId, before]];
    return [];
  });
  return revised.length === 0 ? undefined : {...proposed, ...Object.fromEntries(revised)};
}

/** The descriptions that a template has, of the versions that are gear's to describe. */
export function descriptionsIn(text: string): VersionDescriptions {
  const template = parseTemplate(text, 'the deployed template');
  return Object.fromEntries(ownVersions(template).map(({logicalId, description}) => [logicalId, description]));
}

interface OwnVersion {
  readonly logicalId: string;
  readonly functionId: string;
  readonly description: string;
}

/** A description that somebody wrote is left alone. */
export function ownVersions({body}: Template): readonly OwnVersion[] {
  const resources = (body.Resources ?? {}) as Readonly<Record<string, Resource | null>>;
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    if (resource?.Type !== 'AWS::Lambda::Version') return [];
    const {Description, FunctionName} = resource.Properties ?? {};
    const functionId = referencesOf(FunctionName)[0]?.name;
    if (typeof Description !== 'string' || !/^gear( |$)/.test(Description)) return [];
    if (functionId === undefined || resources[functionId]?.Type !== 'AWS::Lambda::Function') return [];
    return [{logicalId, functionId, description: Description}];
  });
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A reference to what is only modified keeps its value, although CloudFormation says that it may change. */
function changesForSure(change: PlannedChange | undefined, changes: readonly PlannedChange[]): boolean {
  const replaced = (id: string | undefined) =>
    changes.some(({logicalId, replacement}) => logicalId === id && replacement === 'True');
  return (
    change?.properties.some(({name, dynamic, cause}) => isVersioned(name) && (!dynamic || replaced(cause))) ?? false
  );
}

/** `gear 3f2a`, `gear 3f2a 2`, `gear 3f2a 3`. */
function next(description: string): string {
  const [gear, hash, count = '1'] = description.split(' ');
  return `${gear} ${hash} ${Number(count) + 1}`;
}
