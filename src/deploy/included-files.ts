import {readFile} from 'node:fs/promises';
import {dirname, isAbsolute, join} from 'node:path';
import type {Template} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';

/** A file on this machine that `AWS::Include` puts into a template. */
export interface IncludedFile {
  /** Of its Location. */
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** As `aws cloudformation package` finds them; what lies in a bucket is left to CloudFormation. */
export async function readIncludedFiles(template: Template): Promise<readonly IncludedFile[]> {
  // Most templates include nothing.
  if (!template.text.includes('AWS::Include')) return [];
  const files: IncludedFile[] = [];
  for (const {location, path} of localIncludes(template.body, []))
    files.push({path, text: await readIncluded(template, location, path)});
  return files;
}

interface LocalInclude {
  readonly location: string;
  readonly path: IncludedFile['path'];
}

function localIncludes(value: unknown, path: IncludedFile['path']): readonly LocalInclude[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => localIncludes(item, [...path, index]));
  return Object.entries(value).flatMap(([name, member]) => {
    const at = [...path, name];
    if (name !== 'Fn::Transform' && at.join() !== 'Transform') return localIncludes(member, at);
    // Several may stand at one place.
    return Array.isArray(member)
      ? member.flatMap((call, index) => localInclude(call, [...at, index]))
      : localInclude(member, at);
  });
}

function localInclude(call: unknown, path: IncludedFile['path']): readonly LocalInclude[] {
  const {Name, Parameters} = (call ?? {}) as Macro;
  const location = Parameters?.Location;
  if (Name !== 'AWS::Include' || typeof location !== 'string') return localIncludes(call, path);
  return /^(s3|https?):\/\//.test(location) ? [] : [{location, path: [...path, 'Parameters', 'Location']}];
}

interface Macro {
  readonly Name?: unknown;
  readonly Parameters?: {readonly Location?: unknown} | null;
}

async function readIncluded(template: Template, location: string, path: IncludedFile['path']): Promise<string> {
  const file = isAbsolute(location) ? location : join(dirname(template.file), location);
  return readFile(file, 'utf8').catch(cause => {
    const place = template.originOf(path);
    const where = 'line' in place ? `${place.file}:${place.line}: ` : '';
    throw new GearError(`${where}the file ${location} that AWS::Include names cannot be read`, {
      code: 'NO_TEMPLATE',
      cause,
    });
  });
}
