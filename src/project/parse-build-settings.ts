import {parse} from 'yaml';
import {GearError} from '../errors.ts';

/** Lambda's own, unzipped. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largest = 262_144_000;

/** Of a gear.yaml that `readProject` has read. `file` is its name in a message. */
export function parseBuildSettings(
  yaml: string,
  file: string,
): {readonly budget?: number; readonly functions?: Readonly<Record<string, number>>} {
  const section = (parse(yaml, {logLevel: 'error'}) as {build?: unknown} | null)?.build;
  if (section === undefined) return {};
  const {budget, functions = {}, ...others} = mapping(section, 'build', file);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw invalid(file, `gear does not know the key ${unknown} of build; it knows budget, functions`);
  return {
    ...(budget !== undefined && {budget: readSize(budget, 'budget', file)}),
    functions: Object.fromEntries(
      Object.entries(mapping(functions, 'functions', file)).map(([name, size]) => [name, readSize(size, name, file)]),
    ),
  };
}

/** As AWS counts: 1 MB is 1024 KB, and 1 KB 1024 bytes. */
const units: Readonly<Record<string, number>> = {b: 1, kb: 1024, mb: 1_048_576};

function readSize(value: unknown, name: string, file: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?) ?(b|kb|mb)$/i.exec(String(value)) ?? [];
  const size = Number(count) * units[unit?.toLowerCase() ?? '']!;
  if (!(size > 0)) throw invalid(file, `${name} of build must be a size such as 900 KB or 5 MB`);
  if (size > largest) throw invalid(file, `${name} of build is more than Lambda takes: 250 MB unzipped`);
  return Math.round(size);
}

function mapping(value: unknown, name: string, file: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(file, `${name === 'build' ? name : `${name} of build`} must be a mapping`);
  return value as Record<string, unknown>;
}

function invalid(file: string, what: string): GearError {
  return new GearError(`${file}: ${what}`, {code: 'GEAR_YAML_INVALID'});
}
