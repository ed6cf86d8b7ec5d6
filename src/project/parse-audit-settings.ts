import {relative} from 'node:path';
import {isMap, isScalar, isSeq, LineCounter, type Node, parseDocument} from 'yaml';
import {GearError, shownPath} from '../errors.ts';
import {asText} from '../model/as-text.ts';
import {type Severity, severities} from '../model/finding.ts';
import {type Ignore, ignoreOf} from '../model/ignore.ts';
import {nearest} from '../model/nearest.ts';
import type {Origin} from '../model/origin.ts';

/** The section `audit` of gear.yaml: `{severity: {RULE: high}, ignore: [{rule, resource, reason, expires?}]}`. */
export interface AuditSettings {
  readonly ignores: readonly Ignore[];
  /** By rule. */
  readonly severities: Readonly<Record<string, Severity>>;
}

/** Of one gear.yaml. */
export function parseAuditSettings(yaml: string, file: string, knownRules: readonly string[]): AuditSettings {
  const lines = new LineCounter();
  const document = parseDocument(yaml, {lineCounter: lines});
  const originOf = (node: unknown): Origin => {
    const {line, col} = lines.linePos((node as Node | null)?.range?.[0] ?? 0);
    return {file: relative(process.cwd(), file) || file, line: line || 1, column: col || 1};
  };
  const invalid: Invalid = (what, node, meant) => {
    const {line} = originOf(node) as {line: number};
    const suggestions = meant === undefined ? [] : [meant];
    return new GearError(`${shownPath(file)}:${line}: ${what}`, {code: 'GEAR_YAML_INVALID', suggestions});
  };
  const [problem] = document.errors;
  if (problem !== undefined) throw invalid(problem.message.split('\n')[0]!.replace(/ at line \d+.*$/, ''));
  if (!document.has('audit')) return {ignores: [], severities: {}};
  const section = document.get('audit', true);
  const members = membersOf(section, 'audit', invalid);
  for (const [name, , node] of members)
    if (!auditKeys.includes(name))
      throw invalid(
        `gear does not know the key ${name} of audit; it knows ${auditKeys.join(', ')}`,
        node,
        nearest(name, auditKeys),
      );
  const member = (name: string) => members.find(([each]) => each === name)?.[1];
  const ignore = member('ignore');
  if (ignore !== undefined && !isSeq(ignore)) throw invalid('ignore must be a list', ignore);
  return {
    ignores: isSeq(ignore) ? ignore.items.map(item => readIgnore(item, originOf(item))) : [],
    severities: readSeverities(member('severity'), knownRules, invalid),
  };
}

const auditKeys = ['severity', 'ignore'];

type Invalid = (what: string, node?: unknown, meant?: string) => GearError;
type Member = readonly [name: string, value: unknown, key: unknown];

function membersOf(node: unknown, name: string, invalid: Invalid): readonly Member[] {
  if (!isMap(node)) throw invalid(`${name} must be a mapping`, node);
  return node.items.map(({key, value}) => [isScalar(key) ? String(key.value) : '', value, key]);
}

function readSeverities(
  node: unknown,
  knownRules: readonly string[],
  invalid: Invalid,
): Readonly<Record<string, Severity>> {
  if (node === undefined) return {};
  return Object.fromEntries(
    membersOf(node, 'severity', invalid).map(([rule, value, key]) => {
      if (!knownRules.includes(rule)) throw invalid(`there is no rule ${rule}`, key, nearest(rule, knownRules));
      const severity = severities.find(each => isScalar(value) && value.value === each);
      if (severity === undefined) throw invalid(`the severity of ${rule} must be one of ${severities.join(', ')}`, key);
      return [rule, severity];
    }),
  );
}

/** One that is malformed is reported with the findings, as one of a template is. */
function readIgnore(node: unknown, origin: Origin): Ignore {
  const text = (name: string) => {
    const value = isMap(node) ? node.get(name) : undefined;
    return value === undefined || value === null ? '' : asText(value).trim();
  };
  const problem = shapeProblem(node, text('resource'), text('expires'));
  return ignoreOf(
    {rule: text('rule'), reason: text('reason'), expires: text('expires')},
    {resource: text('resource'), origin, ...(problem === undefined ? {} : {problem})},
  );
}

const ignoreMembers = ['rule', 'resource', 'reason', 'expires'];

function shapeProblem(node: unknown, resource: string, expires: string): string | undefined {
  if (!isMap(node)) return 'it is not a mapping of rule, resource and reason';
  const unknown = node.items.map(({key}) => String(key)).find(name => !ignoreMembers.includes(name));
  if (unknown !== undefined) return `gear does not know its member ${unknown}`;
  if (resource === '') return 'it names no resource';
  return node.has('expires') && expires === '' ? 'expires is no date such as 2027-03-31' : undefined;
}
