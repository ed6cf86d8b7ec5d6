import type {Template} from '../../cloudformation/parse.ts';
import {type Path, valueAt} from '../../cloudformation/value-at.ts';
import type {Finding} from '../../model/finding.ts';

export interface WrittenStatement {
  readonly path: Path;
  readonly members: Readonly<Record<string, unknown>>;
  /** Of the list that it stands in; absent for a statement that stands alone. */
  readonly list?: Path;
}

/** The statement that a finding is about, by its place; undefined for one that SAM writes. */
export function statementOf({origin}: Finding, template: Template): WrittenStatement | undefined {
  if (!('line' in origin)) return undefined;
  const {text, body} = template;
  let line = 0;
  for (let number = 1; number < origin.line; number++) line = text.indexOf('\n', line) + 1;
  const path = template
    .pathsAt(line + origin.column - 1)
    .findLast(candidate => candidate.at(-1) === 'Statement' || candidate.at(-2) === 'Statement');
  const members = path && valueAt(body, path);
  if (typeof members !== 'object' || members === null || Array.isArray(members) || !('Effect' in members))
    return undefined;
  const list = path!.at(-2) === 'Statement' ? {list: path!.slice(0, -1)} : {};
  return {path: path!, members: members as Record<string, unknown>, ...list};
}

/** A member that may be one text or a list of them; undefined when anything else stands there. */
export function textsOf(member: unknown): readonly string[] | undefined {
  const list = Array.isArray(member) ? member : [member];
  return list.every(entry => typeof entry === 'string') ? list : undefined;
}
