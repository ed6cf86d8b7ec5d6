import {statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {bundleEntry} from '../bundle/bundle-entry.ts';
import {readFolder} from '../bundle/read-folder.ts';
import {type Zip, zip} from '../bundle/zip.ts';
import type {Template} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import type {DeployEvent} from './events.ts';

/** A function's code, ready to be uploaded. */
export interface FunctionPackage {
  readonly logicalId: string;
  readonly zip: Zip;
}

interface PackageOptions {
  readonly folder: string;
  /** Bundles are there already, as in the reference pipelines that gear ships. */
  readonly prebuilt: boolean;
  readonly fallbackModules: readonly string[];
  onEvent(event: DeployEvent): void;
}

/**
 * Every function of the template whose `Code` is a path. One with `Metadata.Gear.Entry` is bundled into that folder
 * first; another is zipped as it stands. `Code` that is a mapping (an S3 object, inline code) is left to CloudFormation.
 */
export async function packageFunctions(
  template: Template,
  options: PackageOptions,
): Promise<readonly FunctionPackage[]> {
  const settled = await Promise.allSettled(localFunctions(template).map(fn => packageFunction(fn, options)));
  // Only when all are done: what another one has to say would otherwise come after the error.
  return settled.map(outcome => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

interface LocalFunction {
  readonly logicalId: string;
  readonly code: string;
  readonly entry: string | undefined;
  readonly handler: string | undefined;
  readonly runtime: string | undefined;
  readonly where: string;
}

/** The functions whose code lies on this machine. */
export function localFunctions(template: Template): readonly LocalFunction[] {
  const resources = (template.body.Resources ?? {}) as Record<string, FunctionResource | null>;
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    const code = resource?.Properties?.Code;
    if (resource?.Type !== 'AWS::Lambda::Function' || typeof code !== 'string') return [];
    const {file, line} = template.originOf(['Resources', logicalId, 'Properties', 'Code']) as {
      file: string;
      line: number;
    };
    const {Handler, Runtime} = resource.Properties!;
    const entry = resource.Metadata?.Gear?.Entry;
    return [{logicalId, code, entry, handler: text(Handler), runtime: text(Runtime), where: `${file}:${line}`}];
  });
}

/** A parameter's value is not known here. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

interface FunctionResource {
  readonly Type?: string;
  readonly Properties?: {readonly Code?: unknown; readonly Handler?: unknown; readonly Runtime?: unknown};
  readonly Metadata?: {readonly Gear?: {readonly Entry?: string}};
}

async function packageFunction(
  {logicalId, code, entry, handler, runtime, where}: LocalFunction,
  options: PackageOptions,
): Promise<FunctionPackage> {
  const {folder, prebuilt, fallbackModules, onEvent} = options;
  const borrowed =
    entry === undefined || prebuilt
      ? false
      : (await bundleEntry({folder, entry, output: code, handler, runtime, fallbackModules})).borrowed;
  const packed = zip(await readCode(join(folder, code), code, where));
  const bytes = packed.unzippedBytes;
  onEvent({type: 'bundled', function: logicalId, bytes, zipBytes: packed.bytes.length, borrowed});
  return {logicalId, zip: packed};
}

async function readCode(path: string, code: string, where: string) {
  const found = statSync(path, {throwIfNoEntry: false});
  if (found === undefined)
    throw new GearError(`${where}: Code names ${code}, which does not exist`, {
      code: 'CODE_MISSING',
      suggestions: ['give the function Metadata: {Gear: {Entry: <its source file>}} and gear bundles it there'],
    });
  return found.isDirectory() ? readFolder(path) : [{path: basename(path), bytes: await readFile(path)}];
}
