import {basename, join} from 'node:path';
import {madeWith} from '../bundle/made-with.ts';
import {folderParts, type Part} from '../bundle/part.ts';
import type {Zip} from '../bundle/zip.ts';
import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {type BuildSettings, readBuildSettings} from '../project/build-settings.ts';
import {failureOf} from './build-failures.ts';
import {BuildRecord, type KeptBuild, outputStamp} from './build-record.ts';
import type {Bundled, EntryFunction} from './bundle-stale.ts';
import {type LocalFunction, localFunctions} from './local-functions.ts';
import {requireLimits} from './package-limits.ts';
import {requireOwnFolders} from './require-own-folders.ts';
import {type BudgetVerdict, budgetVerdict, requireKnownBudgets} from './size-budget.ts';

export interface BuildOptions {
  /** The service's folder: the template's paths are relative to it. */
  readonly folder: string;
  /** Bundles are there already, as in the reference pipelines that gear ships. */
  readonly prebuilt?: boolean;
  /** Folders of node_modules in which packages are found that the service has not installed. */
  readonly fallbackModules: readonly string[];
  /** Whether what has not changed since the last build is built again. */
  readonly rebuild?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Of the template: a runtime may be one. Those that are not text are not known. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Of a nested template: its path in the one at the top, `Storage/`. */
  readonly within?: string;
  /** As they were read for the template at the top; without them gear.yaml lies in `folder`. */
  readonly settings?: BuildSettings;
}

/** A function's code, where the template says that it is and ready to be uploaded. */
export interface BuiltFunction {
  readonly logicalId: string;
  readonly code: string;
  readonly entry: string | undefined;
  /** `as it is`: nobody said what it is bundled from. */
  readonly how: 'built' | 'unchanged' | 'as it is';
  readonly zip: Zip;
  /** Some package came from `fallbackModules`, because the service has it not installed. */
  readonly borrowed: boolean;
  /** What its bytes come from, the largest first. */
  readonly parts: readonly Part[];
  readonly budget: BudgetVerdict;
}

/**
 * What makes bundles and zips is loaded when there is something to make: most builds find that nothing has changed.
 *
 * Every function of the template whose code lies on this machine: one with `Metadata.Gear.Entry` is bundled into the
 * folder that `Code` names, unless nothing has changed since; another one is taken as it is. All failures at once.
 */
export async function buildFunctions(
  template: PlacedTemplate,
  options: BuildOptions,
): Promise<readonly BuiltFunction[]> {
  const functions = localFunctions(template, options.parameters);
  const settings = options.settings ?? (await readBuildSettings(options.folder));
  if (options.settings === undefined) requireKnownBudgets(settings, template);
  requireOwnFolders(functions, options.folder);
  const record = new BuildRecord(options.folder, basename(template.file), madeWith());
  return new Build(record, settings, options).all(functions);
}

/** The fingerprint of what could not be read; no build is kept with it. */
const unreadable = '';

type Packed = Omit<BuiltFunction, 'budget'>;

class Build {
  readonly #record: BuildRecord;
  readonly #settings: BuildSettings;
  readonly #options: BuildOptions;
  readonly #began = Date.now();

  constructor(record: BuildRecord, settings: BuildSettings, options: BuildOptions) {
    this.#record = record;
    this.#settings = settings;
    this.#options = options;
  }

  async all(functions: readonly LocalFunction[]): Promise<readonly BuiltFunction[]> {
    const entries = this.#options.prebuilt === true ? [] : functions.filter(hasEntry);
    const kept = new Map<LocalFunction, Packed>();
    for (const fn of entries) {
      const unchanged = this.#options.rebuild === true ? undefined : await this.#unchanged(fn);
      if (unchanged !== undefined) kept.set(fn, unchanged);
    }
    const stale = entries.filter(fn => !kept.has(fn));
    const bundled =
      stale.length === 0 ? [] : await (await import('./bundle-stale.ts')).bundleStale(stale, this.#options);
    const settled = await Promise.allSettled(
      functions.map(async fn => {
        const packed = kept.get(fn) ?? (await this.#pack(fn, bundled[(stale as LocalFunction[]).indexOf(fn)]));
        await requireLimits(fn, packed.zip, this.#options.folder);
        return this.#judged(packed);
      }),
    );
    await this.#record.save(functions.map(({logicalId}) => logicalId));
    const failure = failureOf(settled, functions);
    if (failure !== undefined) throw failure;
    return settled.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
  }

  /** Of the last build, when it was made of the same and what it wrote is still there. */
  async #unchanged(fn: EntryFunction): Promise<Packed | undefined> {
    const {logicalId, code, entry} = fn;
    const kept = this.#record.build(logicalId);
    if (
      kept === undefined ||
      kept.made !== this.#made(fn, kept.borrowed) ||
      kept.output !== outputStamp(join(this.#options.folder, code)) ||
      kept.held.some(({path, hash}) => this.#record.hashes.hashOf(path) !== hash) ||
      kept.fingerprint !== (await this.#fingerprint(fn))
    )
      return undefined;
    const bytes = this.#record.zip(logicalId);
    if (bytes === undefined) return undefined;
    const {borrowed, parts} = kept;
    return {logicalId, code, entry, how: 'unchanged', zip: {...kept.zip, bytes}, borrowed, parts};
  }

  /** What a bundle is made with, its code aside. Packages of others count only where they were needed. */
  #made({code, entry, handler, runtime}: EntryFunction, borrowed: boolean): string {
    return JSON.stringify([code, entry, handler, runtime, ...(borrowed ? this.#options.fallbackModules : [])]);
  }

  /** Of Python; undefined for Node.js, whose bundles are known by what they held. */
  async #fingerprint(fn: EntryFunction): Promise<string | undefined> {
    if (!fn.entry.endsWith('.py')) return undefined;
    const {pythonFingerprint} = await import('../bundle/bundle-python.ts');
    return pythonFingerprint({...fn, folder: this.#options.folder, output: fn.code}).catch(() => unreadable);
  }

  async #pack(fn: LocalFunction, bundled: PromiseSettledResult<Bundled> | undefined): Promise<Packed> {
    if (bundled?.status === 'rejected') {
      this.#record.forget(fn.logicalId);
      throw bundled.reason;
    }
    const {logicalId, code, entry} = fn;
    const {packCode} = await import('./pack-code.ts');
    const {entries, packed} = await packCode(this.#options.folder, fn);
    const parts = bundled?.value.parts ?? folderParts(entries);
    const borrowed = bundled?.value.borrowed ?? false;
    const how = bundled === undefined ? 'as it is' : 'built';
    if (bundled !== undefined) await this.#keep(fn as EntryFunction, bundled.value, packed);
    return {logicalId, code, entry, how, zip: packed, borrowed, parts};
  }

  async #keep(fn: EntryFunction, {probes, borrowed, parts}: Bundled, {bytes, ...figures}: Zip): Promise<void> {
    const {hashes} = this.#record;
    const fingerprint = await this.#fingerprint(fn);
    const held = probes.map(path => ({path, hash: hashes.hashOf(path)}));
    if (fingerprint === unreadable || hashes.anyChangedSince(probes, this.#began)) {
      this.#record.forget(fn.logicalId);
      return;
    }
    const output = outputStamp(join(this.#options.folder, fn.code));
    const kept: KeptBuild = {
      made: this.#made(fn, borrowed),
      held,
      ...(fingerprint === undefined ? {} : {fingerprint}),
      output,
      borrowed,
      parts,
      zip: figures,
    };
    await this.#record.keep(fn.logicalId, kept, bytes);
  }

  #judged(packed: Packed): BuiltFunction {
    const path = `${this.#options.within ?? ''}${packed.logicalId}`;
    const verdict = budgetVerdict({...packed, path}, this.#settings, this.#record.sizes(packed.logicalId));
    if (!verdict.exceeded && packed.how !== 'as it is') this.#record.keepSizes(packed.logicalId, packed.parts);
    return {...packed, budget: verdict};
  }
}

function hasEntry(fn: LocalFunction): fn is EntryFunction {
  return fn.entry !== undefined;
}
