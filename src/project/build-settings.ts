import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {shownPath} from '../errors.ts';

/** The section `build` of gear.yaml: `{budget: 5 MB, functions: {IngestFunction: 1 MB}}`. */
export interface BuildSettings {
  /** Bytes that a function may have unzipped. */
  readonly budget: number;
  /** For a function by its logical ID, another one. */
  readonly functions: Readonly<Record<string, number>>;
  /** As it is shown in a message. */
  readonly file: string;
}

const defaultBudget = 5 * 1_048_576;

export async function readBuildSettings(folder: string): Promise<BuildSettings> {
  const path = join(folder, 'gear.yaml');
  const file = shownPath(path);
  const settings = {budget: defaultBudget, functions: {}, file};
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // Most services have none, and reading YAML is loaded only for those that do.
  if (!/\bbuild\b/.test(text.replaceAll(/^\s*#.*$/gm, ''))) return settings;
  const {parseBuildSettings} = await import('./parse-build-settings.ts');
  return {...settings, ...parseBuildSettings(text, file)};
}
