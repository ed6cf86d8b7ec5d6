import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {bundleNode} from '../bundle/bundle-node.ts';
import {gearModules} from '../bundle/gear-modules.ts';
import {zip} from '../bundle/zip.ts';
import {readTemplate} from '../cloudformation/read-template.ts';
import {GearError} from '../errors.ts';
import type {HandlerWork} from '../model/handler-work.ts';
import {gearEntry, isFunction} from './template/functions.ts';
import {readHandlerWork} from './template/handler-work.ts';
import {templateResources} from './template/resources.ts';

/** What the handler does of a package with this CodeSha256; undefined of one whose source is not here. */
export type SourceOfCode = (codeSha256: string) => Promise<readonly HandlerWork[] | undefined>;

/**
 * A bundle does not show what its handler does, but its source does: where gear makes the same bytes of the sources
 * beside these templates, they are what was deployed. Nothing is looked for or bundled until somebody asks.
 */
export function builtCode(templates: () => readonly string[]): SourceOfCode {
  let built: Promise<ReadonlyMap<string, readonly HandlerWork[]>> | undefined;
  return async codeSha256 => {
    built ??= Promise.all(templates().map(builtFor)).then(all => new Map(all.flat()));
    return (await built).get(codeSha256);
  };
}

/** A service that cannot be read, or a function that cannot be built, is the source of nothing. */
async function builtFor(file: string): Promise<readonly (readonly [string, readonly HandlerWork[]])[]> {
  try {
    const template = await readTemplate(await readFile(file, 'utf8'), file);
    const functions = templateResources({template, parameters: {}})
      .filter(isFunction)
      .flatMap(fn => {
        const entry = gearEntry(fn);
        const runtime = fn.property('Runtime').text();
        // Python's files are packed as they are, and read in the package.
        if (entry === undefined || entry.endsWith('.py')) return [];
        return [{fn, entry, ...(typeof runtime === 'string' ? {runtime} : {})}];
      });
    const folder = resolve(dirname(file));
    const bundles = await bundleNode({folder, entries: functions, fallbackModules: gearModules()});
    const works = await Promise.all(
      functions.map(async ({fn}, index) => {
        const bundle = bundles[index];
        const work = await readHandlerWork(fn, template);
        if (bundle?.status !== 'fulfilled' || work === undefined) return [];
        const {bytes} = zip([{path: 'index.mjs', bytes: bundle.value.code}]);
        return [[createHash('sha256').update(bytes).digest('base64'), work] as const];
      }),
    );
    return works.flat();
  } catch (error) {
    if (error instanceof GearError) return [];
    throw error;
  }
}
