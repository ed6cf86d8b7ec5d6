import type {Template} from '../../cloudformation/parse.ts';
import type {PermissionRow} from '../permission-rows.ts';
import {functionsOf, writtenFunctions} from './functions-of.ts';
import type {TakenOver} from './option.ts';
import {options} from './options.ts';

/** What a function that joins a template takes over of the options that all functions there were written with. */
export interface Taken {
  /** The block of the new function as those options would have it. */
  give(block: Template): Template;
  rows(block: Template): readonly PermissionRow[];
  /** The template that it joins, where that names all its functions. */
  list(template: Template, role: string): Template;
  /** What the function could not take over. */
  readonly notes: readonly string[];
}

export function takeOver(template: Template): Taken {
  const written = writtenFunctions(template);
  const found = written.length === 0 ? [] : options.flatMap(option => option.takeOver?.(template, written) ?? []);
  const taken = found.filter((one): one is TakenOver => typeof one !== 'string');
  return {
    give: block => taken.reduce((edited, {give}) => give(edited, functionsOf(block)), block),
    rows: block => taken.flatMap(({rows}) => functionsOf(block).flatMap(rows)),
    list: (joined, role) => taken.reduce((edited, {list}) => list?.(edited, role) ?? edited, joined),
    notes: found.filter(one => typeof one === 'string'),
  };
}

/** The template where it no longer names a role for the sake of an option. */
export function unlistRole(template: Template, role: string): Template {
  return options.reduce((edited, {unlist}) => unlist?.(edited, role) ?? edited, template);
}
