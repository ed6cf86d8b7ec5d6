import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {type Ignore, ignoreOf} from '../../model/ignore.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

/** What authors ask to be left alone, in `Metadata: {Gear: {Ignore: [{rule, reason, expires?}]}}` and in comments. */
export async function readIgnores(
  resources: readonly TemplateResource[],
  template: PlacedTemplate,
): Promise<readonly Ignore[]> {
  const ofMetadata = resources.flatMap(({logicalId, metadata}) =>
    metadata
      .at('Gear')
      .at('Ignore')
      .items()
      .map(entry => readIgnore(entry, logicalId)),
  );
  // Telling comments takes a lexer, which few templates need.
  const {included = []} = template;
  const commented = [template, ...included].filter(({text}) => text.includes('gear-ignore'));
  if (commented.length === 0) return ofMetadata;
  const {readIgnoreComments} = await import('./ignore-comments.ts');
  return [...ofMetadata, ...commented.flatMap(readIgnoreComments)];
}

function readIgnore(entry: Value, resource: string): Ignore {
  const text = (name: string) => {
    const value = entry.at(name).text();
    return typeof value === 'string' ? value.trim() : '';
  };
  const problem = shapeProblem(entry, text('expires'));
  return ignoreOf(
    {rule: text('rule'), reason: text('reason'), expires: text('expires')},
    {resource, origin: entry.origin, ...(problem === undefined ? {} : {problem})},
  );
}

/** What the words of an ignore cannot show. */
function shapeProblem(entry: Value, expires: string): string | undefined {
  if (!entry.isMap) return 'it is not a mapping of rule and reason';
  const unknown = entry.entries().find(([name]) => !['rule', 'reason', 'expires'].includes(name));
  if (unknown !== undefined) return `gear does not know its member ${unknown[0]}`;
  if (entry.at('expires').exists && expires === '') return 'expires is no date such as 2027-03-31';
  return undefined;
}
