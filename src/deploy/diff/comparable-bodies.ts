import type {Template} from '../../cloudformation/parse.ts';
import {withValueAt} from '../../cloudformation/value-at.ts';
import {localNestedTemplates} from '../nested-templates.ts';
import type {PackagedTemplate} from '../package-template.ts';
import {templateKey} from '../uploaded-template.ts';
import {ownVersions} from '../version-descriptions.ts';

type Body = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Resource | null>>;

interface Resource {
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/**
 * Two templates with what gear writes into them brought to one form: a function's code is the hash of its package, a
 * file that AWS::Include names the hash of its text, and the address of a nested template says nothing, since what is
 * in it is compared by itself, and the description by which CloudFormation publishes a version is left out, for it only
 * follows from its function.
 */
export function comparableBodies(
  deployed: Template,
  {template: written, packages, included}: Pick<PackagedTemplate, 'template' | 'packages' | 'included'>,
  {nested: comparesNested = false}: {readonly nested?: boolean} = {},
): {readonly before: Body; readonly after: Body} {
  const versions = new Set(ownVersions(written).map(({logicalId}) => logicalId));
  const described = new Set(ownVersions(deployed).map(({logicalId}) => logicalId));
  const hashes = new Map(packages.map(({logicalId, zip}) => [logicalId, zip.hash]));
  const nested = new Set(comparesNested ? localNestedTemplates(written).map(({logicalId}) => logicalId) : []);
  const before = resourcesWith(deployed.body, (logicalId, properties) => {
    if (nested.has(logicalId) && 'TemplateURL' in properties) return {...properties, TemplateURL: 'nested'};
    const key = (properties.Code as {S3Key?: unknown} | undefined)?.S3Key;
    const [, hash] = /\/([0-9a-f]{64})\.zip$/.exec(typeof key === 'string' ? key : '') ?? [];
    if (hash !== undefined && hashes.has(logicalId)) return {...properties, Code: `package ${hash}`};
    return versions.has(logicalId) && described.has(logicalId) ? {...properties, Description: 'gear'} : properties;
  });
  const uploaded = included.reduce<unknown>(
    (body, {path, text}) => withValueAt(body, path, templateKey('', text)),
    written.body,
  );
  const after = resourcesWith(uploaded as Body, (logicalId, properties) => {
    if (nested.has(logicalId)) return {...properties, TemplateURL: 'nested'};
    const hash = hashes.get(logicalId);
    if (hash !== undefined) return {...properties, Code: `package ${hash}`};
    return versions.has(logicalId) && described.has(logicalId) ? {...properties, Description: 'gear'} : properties;
  });
  return {before: withFiles(before) as Body, after: withFiles(after) as Body};
}

function resourcesWith(
  body: Body,
  change: (logicalId: string, properties: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Body {
  const resources = Object.entries((body.Resources ?? {}) as Resources).map(([logicalId, resource]) => [
    logicalId,
    resource?.Properties === undefined ? resource : {...resource, Properties: change(logicalId, resource.Properties)},
  ]);
  return {...body, Resources: Object.fromEntries(resources)};
}

/** The Location of each AWS::Include that gear uploaded as the hash of its text. */
function withFiles(value: unknown, within = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => withFiles(item, within));
  const {Name, Parameters} = value as {readonly Name?: unknown; readonly Parameters?: {readonly Location?: unknown}};
  if (/^(Fn::)?Transform$/.test(within) && Name === 'AWS::Include') {
    const location = typeof Parameters?.Location === 'string' ? Parameters.Location : '';
    const [, hash] = /\/template\/([0-9a-f]{64})\.yaml$/.exec(location) ?? [];
    return hash === undefined ? value : {...value, Parameters: {...Parameters, Location: `file ${hash}`}};
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withFiles(member, name)]));
}
