import type {Template} from '../../cloudformation/parse.ts';
import {type Path, valueAt} from '../../cloudformation/value-at.ts';
import type {Finding} from '../../model/finding.ts';
import {isObject} from '../../model/is-object.ts';

export interface WrittenStatement {
  readonly path: Path;
  readonly members: Readonly<Record<string, unknown>>;
  /** Of the list that it stands in; absent for a statement that stands alone. */
  readonly list?: Path;
}

/** The statement that a finding is about, by its place; undefined for one that SAM or a framework writes. */
export function statementOf(finding: Finding, template: Template): WrittenStatement | undefined {
  const path = pathsOfFinding(finding, template).findLast(
    candidate => lists.has(candidate.at(-1)) || lists.has(candidate.at(-2)),
  );
  const members = path && valueAt(template.body, path);
  if (!isObject(members) || !('Effect' in members)) return undefined;
  const list = lists.has(path!.at(-2)) ? {list: path!.slice(0, -1)} : {};
  return {path: path!, members, ...list};
}

/** What statements stand under, in policies and in serverless.yml. */
const lists = new Set<string | undefined>(['Statement', 'statements', 'iamRoleStatements']);

/** Of the values that begin where a finding stands, the outermost first. */
export function pathsOfFinding({origin}: Finding, {text, pathsAt}: Template): readonly (readonly string[])[] {
  if (!('line' in origin)) return [];
  let line = 0;
  for (let number = 1; number < origin.line; number++) line = text.indexOf('\n', line) + 1;
  return pathsAt(line + origin.column - 1);
}

/** A member that may be one text or a list of them; undefined when anything else stands there. */
export function textsOf(member: unknown): readonly string[] | undefined {
  const list = Array.isArray(member) ? member : [member];
  return list.every(entry => typeof entry === 'string') ? list : undefined;
}
