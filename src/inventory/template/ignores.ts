import type {Ignore} from '../../model/finding.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

/** What authors ask to be left alone: `Metadata: {Gear: {Ignore: [{rule, reason, expires?}]}}` of a resource. */
export function readIgnores(resources: readonly TemplateResource[]): readonly Ignore[] {
  return resources.flatMap(({logicalId, metadata}) =>
    metadata
      .at('Gear')
      .at('Ignore')
      .items()
      .map(entry => readIgnore(entry, logicalId)),
  );
}

function readIgnore(entry: Value, resource: string): Ignore {
  const text = (name: string) => {
    const value = entry.at(name).text();
    return typeof value === 'string' ? value.trim() : '';
  };
  const expires = text('expires');
  const problem = problemOf(entry, text('rule'), text('reason'), expires);
  return {
    resource,
    rule: text('rule'),
    reason: text('reason'),
    expires: expires === '' ? null : expires,
    ...(problem === undefined ? {} : {problem}),
    origin: entry.origin,
  };
}

function problemOf(entry: Value, rule: string, reason: string, expires: string): string | undefined {
  if (!entry.isMap) return 'it is not a mapping of rule and reason';
  const unknown = entry.entries().find(([name]) => !['rule', 'reason', 'expires'].includes(name));
  if (unknown !== undefined) return `gear does not know its member ${unknown[0]}`;
  if (rule === '') return 'it names no rule';
  if (reason === '') return 'it gives no reason';
  if (entry.at('expires').exists && !isDate(expires)) return `expires is no date such as 2027-03-31: ${expires}`;
  return undefined;
}

function isDate(text: string): boolean {
  const time = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
