import {insertEntries} from '../../cloudformation/insert-entries.ts';
import type {Template} from '../../cloudformation/parse.ts';
import {blockLines} from '../../cloudformation/render-value.ts';
import {appendItem, setMember} from '../../cloudformation/set-member.ts';
import type {Edit, Fix} from './fix.ts';

/** Throws GearError for what cannot be edited without touching more than the fix is about. */
export function applyFix(template: Template, {edits}: Fix): Template {
  return edits.reduce(apply, template);
}

function apply(template: Template, edit: Edit): Template {
  if ('set' in edit) return setMember(template, edit.set, edit.value);
  if ('append' in edit) return appendItem(template, edit.append, edit.item);
  const section = template.rangeOf(['Resources']);
  if (section !== undefined && template.text[section.start] === '{')
    return setMember(template, ['Resources', edit.resource], edit.value);
  return insertEntries(template, 'Resources', blockLines({[edit.resource]: edit.value}));
}
