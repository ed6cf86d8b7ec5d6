import type {PermissionRow} from './permission-rows.ts';

/**
 * A README with more rows in its table of permissions, each behind the last one of its role; undefined when it has no
 * such table.
 */
export function addPermissions(readme: string, rows: readonly PermissionRow[]): string | undefined {
  const table = findTable(readme);
  if (table === undefined) return undefined;
  const lines = readme.split('\n');
  let {end} = table;
  for (const row of rows) {
    const last = lines.slice(table.start, end).findLastIndex(line => roleOf(line) === row.role);
    lines.splice(last < 0 ? end : table.start + last + 1, 0, shownRow(row, table));
    end++;
  }
  return lines.join('\n');
}

/** The README, in which the statement of a row is on another resource; a row that it does not have is not added. */
export function changeResource(
  readme: string,
  {role, statement, resource}: Omit<PermissionRow, 'actions' | 'why'>,
): string {
  const row = new RegExp(`^(\\| *\`${role}\` *\\| *${statement} *\\|[^|]*\\| )(\`[^|]*?) *(?= \\|)`, 'm');
  return readme.replace(row, (whole, before: string) => `${before}\`${resource}\``.padEnd(whole.length));
}

/** The README without the rows of some roles; undefined when it has no table of permissions. */
export function removePermissions(readme: string, roles: readonly string[]): string | undefined {
  const table = findTable(readme);
  if (table === undefined) return undefined;
  const gone = (line: string) => roles.includes(roleOf(line) ?? '');
  return readme
    .split('\n')
    .filter((line, index) => index < table.start || index >= table.end || !gone(line))
    .join('\n');
}

interface Table {
  /** The lines of its rows. */
  readonly start: number;
  readonly end: number;
  readonly widths: readonly number[];
  readonly lineEnding: string;
}

const columns = ['Role', 'Statement', 'May', 'On', 'Why'];

/** The table is known by its header, which every service that gear writes has. */
function findTable(readme: string): Table | undefined {
  const lines = readme.split('\n');
  const header = lines.findIndex(line => cells(line).join('|') === columns.join('|'));
  if (header < 0 || !/^\|[\s:|-]+\|\s*$/.test(lines[header + 1] ?? '')) return undefined;
  const start = header + 2;
  let end = start;
  while (lines[end]?.startsWith('|')) end++;
  const widths = lines[header]!.trim()
    .slice(1, -1)
    .split('|')
    .map(cell => cell.length - 2);
  return {start, end, widths, lineEnding: lines[header]!.endsWith('\r') ? '\r' : ''};
}

function roleOf(row: string): string | undefined {
  return /^\| *`([^`]+)` *\|/.exec(row)?.[1];
}

function cells(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(cell => cell.trim());
}

function shownRow({role, statement, actions, resource, why}: PermissionRow, {widths, lineEnding}: Table): string {
  const shown = [`\`${role}\``, statement, actions.map(action => `\`${action}\``).join(', '), `\`${resource}\``, why];
  return `| ${shown.map((cell, index) => cell.padEnd(widths[index]!)).join(' | ')} |${lineEnding}`;
}
