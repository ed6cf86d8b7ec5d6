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
    .map(macro => (typeof macro === 'string' ? macro : String(record(macro).Name)))
    .filter(macro => !known.has(macro))
    .map(macro => note('*', '', `gear does not run the macro ${macro}`, ['Transform']));
  const resources = Object.keys(record(template.body.Resources))
    .filter(name => name.startsWith('Fn::'))
    .map(name =>
      note('*', name, `gear does not expand ${name.split('::').slice(0, 2).join('::')}`, ['Resources', name]),
    );
  return [...macros, ...resources];
}

/** LanguageExtensions brings the functions Fn::ForEach, Fn::Length and Fn::ToJsonString, which are told apart where they stand. */
const known = new Set(['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions']);
