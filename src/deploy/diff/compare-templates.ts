import {isObject} from '../../model/is-object.ts';
export interface TemplateDifference {
  readonly action: 'Add' | 'Modify' | 'Remove';
  /** `Resources`, `Outputs`, `Parameters` ... */
  readonly section: string;
  /** A logical ID, or the name of an output. */
  readonly name: string;
  /** Of a resource. */
  readonly type?: string;
  /** What differs in one that is modified. */
  readonly members: readonly MemberDifference[];
}

interface MemberDifference {
  /** `Policies[0].PolicyDocument.Statement[1].Action`; a resource's properties stand without `Properties.`. */
  readonly path: string;
  /** Absent where there was nothing. */
  readonly before?: unknown;
  readonly after?: unknown;
}

type Body = Readonly<Record<string, unknown>>;

/** What differs in what two templates mean: neither their order, nor their form, nor 256 instead of "256". */
export function compareTemplates(before: Body, after: Body): readonly TemplateDifference[] {
  const sections = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return sections.flatMap(section => {
    const [old, now] = [before[section], after[section]];
    if (!isObject(old ?? {}) || !isObject(now ?? {})) {
      const members = compareValues(old, now, '');
      return members.length === 0 ? [] : [{action: 'Modify' as const, section, name: section, members}];
    }
    return compareSection(section, (old ?? {}) as Body, (now ?? {}) as Body);
  });
}

function compareSection(section: string, before: Body, after: Body): readonly TemplateDifference[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names.flatMap((name): readonly TemplateDifference[] => {
    const [old, now] = [before[name], after[name]];
    const type = section === 'Resources' ? ((now ?? old) as {Type?: string} | null)?.Type : undefined;
    const difference = {section, name, ...(type === undefined ? {} : {type})};
    if (!(name in before)) return [{action: 'Add', ...difference, members: []}];
    if (!(name in after)) return [{action: 'Remove', ...difference, members: []}];
    const members = compareValues(old, now, '').map(({path, ...values}) => ({
      path: path.replace(/^Properties\./, ''),
      ...values,
    }));
    return members.length === 0 ? [] : [{action: 'Modify', ...difference, members}];
  });
}

function compareValues(before: unknown, after: unknown, path: string): readonly MemberDifference[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const longest = Math.max(before.length, after.length);
    return Array.from({length: longest}, (_, index) => index).flatMap(index =>
      compareValues(before[index], after[index], `${path}[${index}]`),
    );
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return keys.flatMap(key => compareValues(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  if (isScalar(before) && isScalar(after) && String(before) === String(after)) return [];
  if (before === after) return [];
  return [{path, ...(before === undefined ? {} : {before}), ...(after === undefined ? {} : {after})}];
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
