import {isDeepStrictEqual} from 'node:util';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {type Resource, resourcesOf} from './template-resources.ts';

/**
 * The template with these alarms in the list of its dashboard, as a line of its own: CloudWatch finds metrics by a
 * search, but not alarms. A template without such a list, or with one written in another way, stays as it is.
 */
export function listAlarms(template: Template, ids: readonly string[]): Template {
  const alarms = ids.filter(id => resourcesOf(template)[id]?.Type === 'AWS::CloudWatch::Alarm');
  if (alarms.length === 0) return template;
  const line = alarms.map(entryOf).join(', ');
  return withList(template, (list, indent) => (list === '' ? list : `\n${indent}${line},${list}`));
}

/** The template without these alarms in the list of its dashboard; every other byte is kept. */
export function unlistAlarms(template: Template, ids: ReadonlySet<string>): Template {
  const gone = new Set([...ids].map(entryOf));
  return withList(template, list => {
    const lines = list.split('\n').flatMap((line, index) => {
      const entries = line.match(/"[^"]*"/g) ?? [];
      const kept = entries.filter(entry => !gone.has(entry));
      if (index === 0 || kept.length === entries.length) return [line];
      const [indent] = /^\s*/.exec(line)!;
      return kept.length === 0 ? [] : [`${indent}${kept.join(', ')}${line.trimEnd().endsWith(',') ? ',' : ''}`];
    });
    // The last one may have gone.
    return lines.join('\n').replace(/,(\s*)$/, '$1');
  });
}

const entryOf = (id: string): string => `"\${${id}.Arn}"`;

/** The list begins behind a bracket that ends its line, and ends before the line of the closing one. */
const listOfAlarms = /("alarms": \[)((?:\n\s*(?:"\$\{\w+\.Arn\}"(?:, *)?)+)*)(\n\s*\])/;

function withList(template: Template, change: (list: string, indent: string) => string): Template {
  const found = Object.entries(resourcesOf(template)).find(([, {Type}]) => Type === 'AWS::CloudWatch::Dashboard');
  const range = found && template.rangeOf(['Resources', found[0]]);
  if (found === undefined || range === undefined) return template;
  const {text, file} = template;
  const written = text.slice(range.start, range.end).replace(listOfAlarms, (_, before, list, after) => {
    const [, indent = ''] = /^\n(\s*)/.exec(list) ?? [];
    return `${before}${change(list, indent)}${after}`;
  });
  const edited = parseTemplate(`${text.slice(0, range.start)}${written}${text.slice(range.end)}`, file);
  return isDeepStrictEqual(withoutBody(edited, found[0]), withoutBody(template, found[0])) ? edited : template;
}

/** All that an edit of the dashboard's list must leave as it is. */
function withoutBody({body}: Template, id: string): unknown {
  const resources = body.Resources as Readonly<Record<string, Resource>>;
  const {DashboardBody: _, ...properties} = resources[id]?.Properties ?? {};
  return {...body, Resources: {...resources, [id]: {...resources[id], Properties: properties}}};
}
