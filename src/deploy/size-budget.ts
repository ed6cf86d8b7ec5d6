import {type Growth, grown, type Part} from '../bundle/part.ts';
import type {Zip} from '../bundle/zip.ts';
import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {byteSize, comparedSizes} from '../model/byte-size.ts';
import {nearest} from '../model/nearest.ts';
import type {BuildSettings} from '../project/build-settings.ts';
import {invalidIn} from '../project/gear-yaml.ts';
import type {NestedTemplate} from './nested-templates.ts';

/** What a function may have unzipped, and whether it has more. */
export interface BudgetVerdict {
  readonly bytes: number;
  readonly exceeded: boolean;
  /** Since the last build that was within the budget; undefined when none is known. */
  readonly grown: readonly Growth[] | undefined;
}

export function budgetVerdict(
  {path, zip, parts}: {readonly path: string; readonly zip: Zip; readonly parts: readonly Part[]},
  {budget, functions}: BuildSettings,
  before: readonly Part[] | undefined,
): BudgetVerdict {
  const bytes = functions[path] ?? budget;
  const exceeded = zip.unzippedBytes > bytes;
  return {bytes, exceeded, grown: exceeded && before !== undefined ? grown(before, parts) : undefined};
}

/** A budget for a function that is not there would be kept by nobody. One in a nested stack has its path for a name. */
export function requireKnownBudgets(
  {functions, file}: BuildSettings,
  template: PlacedTemplate,
  nested: readonly NestedTemplate[] = [],
): void {
  const known = new Set(functionPaths(template, nested));
  const unknown = Object.keys(functions).find(name => !known.has(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, [...known]);
  throw invalidIn(file)(
    `build has a budget for ${unknown}, and ${template.file} has no such function`,
    ['build', 'functions', unknown],
    meant === undefined ? [] : [meant],
  );
}

function functionPaths({body}: PlacedTemplate, nested: readonly NestedTemplate[]): readonly string[] {
  const resources = Object.entries((body.Resources ?? {}) as Readonly<Record<string, {Type?: unknown} | null>>);
  return [
    ...resources
      .filter(([, resource]) => typeof resource?.Type === 'string' && resource.Type.endsWith('::Function'))
      .map(([name]) => name),
    ...nested.flatMap(each => functionPaths(each.template, each.nested).map(path => `${each.logicalId}/${path}`)),
  ];
}

/** One sentence for a message. */
export function describeExcess({
  logicalId,
  zip,
  parts,
  budget,
}: {
  readonly logicalId: string;
  readonly zip: Zip;
  readonly parts: readonly Part[];
  readonly budget: BudgetVerdict;
}): string {
  const hasGrown = budget.grown !== undefined && budget.grown.length > 0;
  const causes = hasGrown
    ? budget.grown.slice(0, 3).map(({name, bytes, before}) => `${name} +${byteSize(bytes - before)}`)
    : parts.slice(0, 3).map(({name, bytes}) => `${name} ${byteSize(bytes)}`);
  const label = hasGrown ? 'grown' : 'largest';
  const [size, limit] = comparedSizes(zip.unzippedBytes, budget.bytes);
  return `${logicalId} has ${size}, over its budget of ${limit}; ${label}: ${causes.join(', ')}`;
}
