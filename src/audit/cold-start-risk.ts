import {byteSize} from '../model/byte-size.ts';
import {unzippedBytes} from '../model/deployment-package.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import {isUnresolved} from '../model/resolvable.ts';

/** An ordinal band with its reasons; without a measurement nobody knows milliseconds. */
export type ColdStartRisk =
  | {readonly band: 'low' | 'medium' | 'high'; readonly reasons: readonly string[]}
  | {readonly unknown: string};

interface Term {
  readonly points: number;
  readonly reason: string;
}

/**
 * Points that add up: the runtime's own start in the public measurements of lambda-perf (2026-08), the amount of code
 * that is loaded, and what the first call meets. A caller who does not wait counts for less.
 */
export function coldStartRisk(fn: LambdaFunction): ColdStartRisk {
  if (isUnresolved(fn.runtime)) return {unknown: `its runtime is not known: ${fn.runtime.reason}`};
  if (fn.provisionedConcurrency === true) return {band: 'low', reasons: ['provisioned concurrency']};
  const runtime = fn.runtime ?? '';
  const terms = [runtimeTerm(fn, runtime), codeTerm(fn), packagingTerm(fn, runtime), memoryTerm(fn, runtime)];
  const known = terms.filter(term => term !== undefined);
  const waiting = fn.triggers.some(({asynchronous}) => !asynchronous);
  const weight = waiting ? 1 : 0.3;
  const snapStart = fn.snapStart === true ? 3 : 0;
  const score = (known.reduce((sum, {points}) => sum + points, 0) - snapStart) * weight;
  // With the largest package there could be, would it still be low?
  if (fn.package.kind === 'unknown' && bandOf(score) !== bandOf(score + 4 * weight))
    return {unknown: fn.package.reason};
  return {
    band: bandOf(score),
    reasons: [...known.map(({reason}) => reason), waiting ? 'a caller waits for it' : 'nobody waits for it'],
  };
}

function bandOf(score: number): 'low' | 'medium' | 'high' {
  return score > 4 ? 'high' : score > 2 ? 'medium' : 'low';
}

function runtimeTerm({snapStart}: LambdaFunction, runtime: string): Term | undefined {
  const base = bases.find(([pattern]) => pattern.test(runtime))?.[1] ?? 0;
  // Hello world says little of these: frameworks and just-in-time compilation come on top.
  const compiled = /^(java|dotnet)/.test(runtime) && snapStart !== true ? 2 : 0;
  const points = base + compiled;
  return points === 0
    ? undefined
    : {points, reason: `${runtime} starts ${points > 2 ? 'slowly' : 'less quickly than the fastest runtimes'}`};
}

const bases: readonly (readonly [RegExp, number])[] = [
  [/^python3\.(8|9|10|11|12|13)$/, 0],
  [/^provided/, 0],
  [/^python/, 1],
  [/^nodejs/, 1],
  [/^java25$/, 1],
  [/^(java|dotnet|ruby)/, 2],
];

function codeTerm({package: code}: LambdaFunction): Term | undefined {
  if (code.kind !== 'files' && code.kind !== 'archive') return undefined;
  const unbundled = code.files?.some(({path}) => /(^|\/)node_modules\//.test(path)) === true ? 1 : 0;
  const bytes =
    code.files === undefined && code.kind === 'archive' ? code.compressedBytes : unzippedBytes(code.files ?? []);
  const size = [1, 5, 25].filter(limit => bytes >= limit * 1_048_576).length;
  if (size + unbundled === 0) return undefined;
  const packages = unbundled === 1 ? ' with packages that are not bundled' : '';
  return {points: size + unbundled, reason: `${byteSize(bytes)} of code${packages}`};
}

function packagingTerm({package: code}: LambdaFunction, runtime: string): Term | undefined {
  return code.kind === 'image' && runtime === '' ? {points: 1, reason: 'a container image'} : undefined;
}

/** Memory does not shorten the start, but with 128 MB the first call is several times slower. */
function memoryTerm({memory}: LambdaFunction, runtime: string): Term | undefined {
  if (isUnresolved(memory) || memory > 128 || /^provided/.test(runtime)) return undefined;
  return {points: 1, reason: `${memory} MB of memory for the first call`};
}
