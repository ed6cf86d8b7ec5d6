import {createHash} from 'node:crypto';
import {templateEnvironment} from '../cloudformation/environment.ts';
import {type Environment, resolve} from '../cloudformation/intrinsics.ts';
import type {Template} from '../cloudformation/parse.ts';
import {readSections} from '../cloudformation/sections.ts';
import {GearError} from '../errors.ts';

interface StackSettings {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** What was given, and for the rest what the stack has. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Over all that a version of a function holds: its package and its properties, as the parameters make them. What
 * resources stand for is not known yet, so their names count; a secret parameter counts by its name, too.
 */
export function functionHash(
  template: Template,
  logicalId: string,
  packageHash: string | undefined,
  settings: StackSettings,
): string {
  const {Resources} = template.body as {Resources: Record<string, {Properties: Record<string, unknown>}>};
  const environment = namedEnvironment(template, settings);
  const properties = Object.entries(Resources[logicalId]!.Properties)
    .filter(([name]) => isVersioned(name))
    .map(([name, value]) => [name, name === 'Code' && packageHash ? packageHash : resolved(value, environment)]);
  return createHash('sha256')
    .update(JSON.stringify(canonical(Object.fromEntries(properties))))
    .digest('hex')
    .slice(0, 16);
}

/** These belong to the function as a whole: with one of them alone changed, Lambda has no new version to publish. */
export function isVersioned(property: string): boolean {
  return !unversioned.has(property);
}

const unversioned: ReadonlySet<string> = new Set([
  'CodeSigningConfigArn',
  'Description',
  'FunctionName',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'RuntimeManagementConfig',
  'Tags',
]);

function namedEnvironment(template: Template, {stackName, account, region, parameters}: StackSettings): Environment {
  const sections = readSections(template);
  const values = [...sections.parameters].map(([name, {noEcho, default: value = ''}]): [string, string] => [
    name,
    noEcho ? named(name) : (parameters[name] ?? value),
  ]);
  return templateEnvironment({
    sections,
    parameters: Object.fromEntries(values),
    pseudo: {accountId: account, region, stackName, stackId: named('AWS::StackId')},
    ref: named,
    getAtt: (name, attribute) => named(`${name}.${attribute}`),
    importValue: name => named(`import ${name}`),
  });
}

function named(name: string): string {
  return `\${${name}}`;
}

/** What cannot be worked out here, such as a part of an ARN that is not known yet, counts as it is written. */
function resolved(value: unknown, environment: Environment): unknown {
  try {
    return resolve(value, environment);
  } catch (error) {
    if (error instanceof GearError) return value;
    throw error;
  }
}

/** CloudFormation takes 256 and "256" for the same, and no order of keys for a change. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return typeof value === 'symbol' ? null : String(value);
  const entries = Object.entries(value).filter(([, entry]) => typeof entry !== 'symbol');
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, canonical(entry)]),
  );
}
