import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'yaml';
import {invalidIn} from './gear-yaml.ts';

/** The stacks that gear.yaml names as being for development: what is quick and leaves drift behind is allowed there. */
export function developmentStacks(folder: string): readonly string[] {
  const file = join(folder, 'gear.yaml');
  if (!existsSync(file)) return [];
  const settings: unknown = parse(readFileSync(file, 'utf8'), {logLevel: 'error'});
  const stacks = (settings as {development?: unknown} | null)?.development ?? [];
  if (Array.isArray(stacks) && stacks.every(stack => typeof stack === 'string')) return stacks;
  throw invalidIn(file)('development must be a list of names of stacks', ['development']);
}
