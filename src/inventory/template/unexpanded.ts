import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import type {NotChecked} from '../../model/finding.ts';
import {record} from './intrinsics.ts';

/** What stands for resources or policies that are not in the template to be read. */
export function unexpanded(template: PlacedTemplate): readonly NotChecked[] {
  const note = (rule: string, resource: string, reason: string, path: readonly string[]) => ({
    rule,
    resource,
    reason,
    origin: template.originOf(path),
  });
  const macros = [template.body.Transform ?? []]
    .flat()
    .map(macro => (typeof macro === 'string' ? macro : record(macro).Name))
    .filter(macro => typeof macro !== 'string' || !known.has(macro))
    .map(macro => (typeof macro === 'string' ? `gear does not run the macro ${macro}` : 'a macro has no name'))
    .map(reason => note('*', '', reason, ['Transform']));
  const extended = [template.body.Transform].flat().includes('AWS::LanguageExtensions');
  const resources = Object.keys(record(template.body.Resources))
    .filter(name => name.startsWith('Fn::') && !(extended && name.startsWith('Fn::ForEach::')))
    .map(name => {
      const what = name.split('::').slice(0, 2).join('::');
      const reason =
        what === 'Fn::ForEach' ? `${what} needs the transform AWS::LanguageExtensions` : `gear does not expand ${what}`;
      return note('*', name, reason, ['Resources', name]);
    });
  return [...macros, ...resources, ...added(template, note)];
}

type Note = (rule: string, resource: string, reason: string, path: readonly string[]) => NotChecked;

/** `Fn::Transform` beside other members adds some of its own; where it stands alone it is a value that is not known. */
function added({text, body, included = []}: PlacedTemplate, note: Note): readonly NotChecked[] {
  if (![text, ...included.map(file => file.text)].some(each => each.includes('Fn::Transform'))) return [];
  const found: NotChecked[] = [];
  const walk = (value: unknown, path: readonly string[]) => {
    if (typeof value !== 'object' || value === null) return;
    const members = Object.entries(value);
    const called = [(value as Readonly<Record<string, unknown>>)['Fn::Transform']]
      .flat()
      .map(each => record(each).Name);
    const macro = called.filter(name => typeof name === 'string').join(' and ');
    if (macro !== '' && members.length > 1 && path.join('/') !== 'Resources')
      found.push(
        note('*', path[0] === 'Resources' ? path[1]! : '', `gear does not run the macro ${macro}`, [
          ...path,
          'Fn::Transform',
        ]),
      );
    for (const [key, member] of members) walk(member, [...path, key]);
  };
  walk(body, []);
  return found;
}

const known = new Set(['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions']);
