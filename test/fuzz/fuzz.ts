import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describeFileError, GearError} from '../../src/errors.ts';
import {mutateText} from './mutate-text.ts';
import {seeded} from './random.ts';
import {reshape} from './reshape.ts';
import type {Road} from './road.ts';

/** What gear did to an input that it may not: anything but reading it, or refusing it in a sentence. */
export interface Bug {
  readonly input: string;
  readonly error: unknown;
}

interface FuzzOptions {
  readonly runs: number;
  readonly seed: number;
  /** Longer than this is a hang. */
  readonly milliseconds: number;
  /** Called before an input is read, to find it again should gear never come back from it. */
  onInput?(input: string): void;
}

/** Damages a road's seeds, half of them as text and half in their structure, and collects what goes wrong. */
export async function fuzz(road: Road, {runs, seed, milliseconds, onInput}: FuzzOptions): Promise<readonly Bug[]> {
  const bugs: Bug[] = [];
  for (let run = 0; run < runs * (road.share ?? 1); run++) {
    const random = seeded(seed * 1_000_003 + run);
    const original = random.pick(road.seeds);
    const structural = road.json !== undefined && random.below(2) === 0;
    const input = structural
      ? JSON.stringify(reshape(road.json!(original), random), null, 1)
      : mutateText(original, random);
    onInput?.(input);
    const error = await outcome(road, input, milliseconds);
    if (error !== undefined) bugs.push({input, error});
  }
  return bugs;
}

async function outcome(road: Road, input: string, milliseconds: number): Promise<unknown> {
  const outside = mkdtempSync(join(tmpdir(), 'gear-fuzz-'));
  // So deep that `../../..` is not the whole machine.
  const folder = join(outside, 'home', 'me', 'work', 'orders');
  mkdirSync(folder, {recursive: true});
  const started = performance.now();
  try {
    await road.follow(input, folder);
  } catch (error) {
    if (!(describeFileError(error) instanceof GearError)) return error;
  } finally {
    rmSync(outside, {recursive: true, force: true});
  }
  const taken = performance.now() - started;
  return taken > milliseconds ? new Error(`it took ${Math.round(taken)} ms`) : undefined;
}
