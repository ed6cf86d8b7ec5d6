import type {Template} from '../../../cloudformation/parse.ts';
import {type Path, valueAt} from '../../../cloudformation/value-at.ts';
import type {CannotFix, Edit, Fix, Fixer} from '../fix.ts';
import {fixers} from '../fixers.ts';
import {settingFixers} from './setting-fixers.ts';

/**
 * The fix of a finding in serverless.yml. What stands in its section `resources` is fixed as in a template, and so are
 * statements wherever they stand; of what the framework makes, the setting is edited that it is made of.
 */
export function fixerOfService(rule: string): Fixer | undefined {
  const ofTemplate = fixers[rule];
  const ofSetting = settingFixers[rule];
  if (ofTemplate === undefined) return undefined;
  return (finding, context) => {
    const {template} = context;
    const [id = ''] = finding.resource.split('.');
    const isOwn = valueAt(template.body, ['resources', 'Resources', id]) !== undefined;
    if (isOwn) return within(['resources'], ofTemplate(finding, {...context, template: sectionOf(template)}), template);
    if (rule.startsWith('iam/')) return within([], ofTemplate(finding, context), template);
    if (ofSetting === undefined) return {cannot: 'the framework makes it, and gear knows no setting that changes it'};
    return within([], ofSetting(finding, context), template);
  };
}

/** The section `resources` as a template of its own. */
function sectionOf(template: Template): Template {
  const name = 'resources';
  return {
    ...template,
    body: template.body[name] as Record<string, unknown>,
    rangeOf: path => template.rangeOf([name, ...path]),
    originOf: path => template.originOf([name, ...path]),
    pathsAt: offset =>
      template
        .pathsAt(offset)
        .filter(([first]) => first === name)
        .map(path => path.slice(1)),
  };
}

/** The fix of a part as one of the whole; what a variable says is changed where the variable stands. */
function within(prefix: Path, fix: Fix | CannotFix, template: Template): Fix | CannotFix {
  if ('cannot' in fix) return fix;
  const edits = fix.edits.map((edit): Edit => {
    if ('set' in edit) return {...edit, set: [...prefix, ...edit.set]};
    if ('append' in edit) return {...edit, append: [...prefix, ...edit.append]};
    return {set: ['resources', 'Resources', edit.resource], value: edit.value};
  });
  const replaced = edits.flatMap(edit =>
    'set' in edit ? [JSON.stringify(valueAt(template.body, edit.set)) ?? ''] : [],
  );
  const variable = /\$\{(?!AWS::)[^}]*[:(][^}]*\}/.exec(replaced.join(' '))?.[0];
  return variable === undefined ? {...fix, edits} : {cannot: `it says ${variable}: change what that refers to`};
}
