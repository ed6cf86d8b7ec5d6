import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, relative, resolve} from 'node:path';
import {Flags} from '@oclif/core';
import type {AuditResult} from '../audit/audit.ts';
import type {Compared, Scope} from '../audit/baseline.ts';
import {describeFileError, GearError} from '../errors.ts';
import {counted} from '../model/counted.ts';

const helpGroup = 'BASELINE';

export const baselineFlags = {
  baseline: Flags.string({
    description: 'Only what this file does not know yet fails',
    helpValue: 'FILE',
    helpGroup,
  }),
  'update-baseline': Flags.boolean({
    description: 'Write what is found now to the baseline, so that it fails no longer',
    dependsOn: ['baseline'],
    helpGroup,
  }),
};

interface BaselineFlags {
  readonly baseline?: string | undefined;
  readonly 'update-baseline'?: boolean;
}

/** Without a baseline everything is new. */
export async function withBaseline(
  result: AuditResult,
  {baseline: file, 'update-baseline': update}: BaselineFlags,
  {rules, note}: {readonly rules: readonly string[]; note(text: string): void},
): Promise<Compared> {
  if (file === undefined) return {result, gone: []};
  const {compareWithBaseline, parseBaseline, updateBaseline} = await import('../audit/baseline.ts');
  const before =
    update && !existsSync(file) ? {version: 1 as const, findings: []} : parseBaseline(readText(file), file);
  const scope = scopeOf(file, rules);
  if (!update) return compareWithBaseline(result, before, scope);
  const baseline = updateBaseline(result, before, scope);
  try {
    writeFileSync(file, `${JSON.stringify(baseline, null, 2)}\n`);
  } catch (error) {
    throw describeFileError(error);
  }
  note(`${file} knows ${counted(baseline.findings.length, 'finding')} now`);
  return compareWithBaseline(result, baseline, scope);
}

function readText(file: string): string {
  if (!existsSync(file))
    throw new GearError(`There is no ${file}`, {
      code: 'NO_BASELINE',
      suggestions: [`gear audit --baseline ${file} --update-baseline`],
    });
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw describeFileError(error);
  }
}

/** Files are named from the baseline's own folder, so that it is the same wherever gear runs. */
function scopeOf(file: string, rules: readonly string[]): Scope {
  const folder = dirname(resolve(file));
  const isAccount = (source: string) => /^\d{12}\/[a-z0-9-]+$/.test(source);
  return {
    rules,
    sourceName: source => (isAccount(source) ? source : relative(folder, resolve(source))),
    exists: source => isAccount(source) || existsSync(resolve(folder, source)),
  };
}
