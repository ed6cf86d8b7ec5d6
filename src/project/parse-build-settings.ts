import {parse} from 'yaml';
import {mostUnzipped} from '../model/deployment-package.ts';
import {isObject} from '../model/is-object.ts';
import {type Invalid, invalidIn, type KeyPath, requireKnownKeys} from './gear-yaml.ts';

/** Of a gear.yaml that `readProject` has read. */
export function parseBuildSettings(
  yaml: string,
  file: string,
): {readonly budget?: number; readonly functions?: Readonly<Record<string, number>>} {
  const invalid = invalidIn(file);
  const section = (parse(yaml, {logLevel: 'error'}) as {build?: unknown} | null)?.build;
  if (section === undefined) return {};
  const build = mapping(section, ['build'], invalid);
  requireKnownKeys(build, ['budget', 'functions'], ['build'], invalid);
  const {budget, functions = {}} = build;
  const sizes = Object.entries(mapping(functions, ['build', 'functions'], invalid));
  return {
    ...(budget !== undefined && {budget: readSize(budget, ['build', 'budget'], invalid)}),
    functions: Object.fromEntries(
      sizes.map(([name, size]) => [name, readSize(size, ['build', 'functions', name], invalid)]),
    ),
  };
}

/** As AWS counts: 1 MB is 1024 KB, and 1 KB 1024 bytes. */
const units: Readonly<Record<string, number>> = {b: 1, kb: 1024, mb: 1_048_576};

function readSize(value: unknown, at: KeyPath, invalid: Invalid): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?) ?(b|kb|mb)$/i.exec(typeof value === 'string' ? value : '') ?? [];
  const size = Number(count) * units[unit?.toLowerCase() ?? '']!;
  const name = `${at.at(-1)} of build`;
  if (!(size > 0)) throw invalid(`${name} must be a size such as 900 KB or 5 MB`, at);
  if (size > mostUnzipped) throw invalid(`${name} is more than Lambda takes: 250 MB unzipped`, at);
  return Math.round(size);
}

function mapping(value: unknown, at: KeyPath, invalid: Invalid): Record<string, unknown> {
  if (!isObject(value)) throw invalid(`${at.length === 1 ? 'build' : `${at.at(-1)} of build`} must be a mapping`, at);
  return value;
}
