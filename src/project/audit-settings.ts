import {existsSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import type {AuditSettings} from './parse-audit-settings.ts';
import {repositoryRoot} from './repository.ts';

/**
 * What holds in a folder: its own gear.yaml and those above it, up to the repository's root. The nearest one decides a
 * severity; ignores add up.
 */
export async function readAuditSettings(folder: string, knownRules: readonly string[]): Promise<AuditSettings> {
  const files = foldersUp(resolve(folder))
    .map(each => join(each, 'gear.yaml'))
    .filter(file => existsSync(file));
  // Most folders have none, and reading YAML is loaded only for those that do.
  if (files.length === 0) return {ignores: [], severities: {}};
  const {parseAuditSettings} = await import('./parse-audit-settings.ts');
  const all = files.map(file => parseAuditSettings(readFileSync(file, 'utf8'), file, knownRules));
  return {
    ignores: all.flatMap(({ignores}) => ignores),
    severities: Object.assign({}, ...all.map(settings => settings.severities).reverse()),
  };
}

/** Without a repository, up to where gear runs. */
function foldersUp(folder: string): readonly string[] {
  const top = repositoryRoot(folder) ?? process.cwd();
  if (folder === top || relative(top, folder).startsWith('..')) return [folder];
  return [folder, ...foldersUp(dirname(folder))];
}
