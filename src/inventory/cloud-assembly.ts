import {existsSync, readFileSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';

/**
 * The templates of what `cdk synth` wrote, those of stages included; undefined of any other folder. Nested stacks are
 * found by the templates that nest them.
 * https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
 */
export function cloudAssemblyTemplates(
  folder: string,
  within: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  const artifacts = readJson(join(folder, 'manifest.json'))?.artifacts;
  if (typeof artifacts !== 'object' || artifacts === null) return undefined;
  return Object.values(artifacts as Record<string, Artifact | null>).flatMap(artifact => {
    const {templateFile, directoryName} = artifact?.properties ?? {};
    if (artifact?.type === 'aws:cloudformation:stack' && typeof templateFile === 'string')
      return [join(folder, templateFile)];
    if (artifact?.type === 'cdk:cloud-assembly' && typeof directoryName === 'string')
      return assemblyWithin(join(folder, directoryName), new Set([...within, resolve(folder)]));
    return [];
  });
}

/** A manifest may name the folder that it lies in. */
function assemblyWithin(folder: string, within: ReadonlySet<string>): readonly string[] {
  return within.has(resolve(folder)) ? [] : (cloudAssemblyTemplates(folder, within) ?? []);
}

interface Artifact {
  readonly type?: string;
  readonly properties?: {readonly templateFile?: unknown; readonly directoryName?: unknown} | null;
}

/** Of a CDK app what it was synthesised to, or `cdk.json` itself where that was not done, so that it is not passed over silently. */
export function cdkAppTemplates(cdkJson: string, folder: string): readonly string[] {
  const {output} = readJson(cdkJson) ?? {};
  return cloudAssemblyTemplates(join(folder, typeof output === 'string' ? output : 'cdk.out')) ?? [cdkJson];
}

export function isCdkApp(file: string): boolean {
  return basename(file) === 'cdk.json';
}

function readJson(file: string): Readonly<Record<string, unknown>> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined;
  } catch {
    // Many tools have a manifest.json; what is no JSON is not the CDK's.
    return undefined;
  }
}
