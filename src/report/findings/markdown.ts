import type {PackageContents} from '../../audit/package-contents.ts';
import {byteSize} from '../../model/byte-size.ts';
import {counted} from '../../model/counted.ts';
import {type Finding, isOpen, type NotChecked} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';
import {inRuntime, shareOf, sizesOf} from './packages.ts';
import {type AuditReport, fails} from './report.ts';
import {plainSummary} from './summary.ts';

/** A comment on a pull request. The first line is for the bot that looks for its own comment, to write it anew. */
export function findingsMarkdown(report: AuditReport): string {
  const {result, notRead, gone} = report;
  const open = result.findings.filter(isOpen);
  const notChecked = [...notRead, ...result.notChecked];
  const {notJudged = []} = result;
  const line = ({rule, resource, reason, origin}: NotChecked) =>
    `- ${rule === '*' ? '' : `${code(rule)} `}${inline(resource === '' ? reason : `${resource}: ${reason}`)} (${placeOf(origin, report)})`;
  return [
    '<!-- gear audit -->',
    `### gear audit: ${headline(report)}`,
    inline(plainSummary(report)),
    ...(open.length === 0 ? [] : [table(open, report), advice(open, report)]),
    ...details(`${notChecked.length} not checked, which is no pass`, notChecked.map(line)),
    ...details(`${notJudged.length} not judged, which fails nothing`, notJudged.map(line)),
    ...packages(result.packages ?? []),
    ...details(
      `${gone.length} of the baseline ${gone.length === 1 ? 'is' : 'are'} gone: update it`,
      gone.map(
        ({rule, resource, message, source}) => `- ${code(rule)} ${inline(`${resource}: ${message}`)} (${code(source)})`,
      ),
    ),
  ].join('\n\n');
}

function headline(report: AuditReport): string {
  const failing = report.result.findings.filter(finding => fails(finding, report)).length;
  if (failing > 0) return `${counted(failing, 'finding')} to settle`;
  if (report.notRead.length > 0) return 'not everything could be read';
  if ((report.refused ?? []).length > 0) return 'it was asked for something that is not there';
  return report.result.notChecked.length > 0 ? 'nothing found, but not everything checked' : 'nothing to settle';
}

/** A comment holds 65,536 characters. */
const room = 30_000;

function table(findings: readonly Finding[], report: AuditReport): string {
  const rows: string[] = [];
  let length = 0;
  for (const {severity, message, rule, resource, origin} of findings) {
    const row = `| ${severity} | ${inline(message)}<br>${code(rule)} | ${resource === '' ? '' : `${inline(resource)}<br>`}${placeOf(origin, report)} |`;
    length += row.length;
    if (length > room) break;
    rows.push(row);
  }
  const left = findings.length - rows.length;
  return [
    '| Severity | Finding | Where |',
    '| --- | --- | --- |',
    ...rows,
    ...(left === 0 ? [] : ['', `and ${left} more, which the log of the run names.`]),
  ].join('\n');
}

/** Each rule once, however often it was broken. */
function advice(findings: readonly Finding[], {rules}: AuditReport): string {
  const broken = new Set(findings.map(({rule}) => rule));
  const pages = rules
    .filter(({id}) => broken.has(id))
    .map(({id, title, why, remedy}) => `- ${code(id)}: ${inline(title)}. ${inline(why)} **${inline(remedy)}**`);
  return details('Why it matters, and what to do', pages).join('\n\n');
}

/** Each function with its sizes and its largest packages, folded up. */
function packages(all: readonly PackageContents[]): readonly string[] {
  const lines = all.map(contents => {
    const parts = contents.largest.map(
      part =>
        `  - ${inline(part.name)}: ${byteSize(part.bytes)}, ${shareOf(part)}${part.inRuntime ? `, ${inRuntime}` : ''}`,
    );
    return [`- **${inline(contents.function)}**: ${inline(sizesOf(contents))}`, ...parts].join('\n');
  });
  return details('What the packages are made of', lines);
}

function details(summary: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 30);
  const left = lines.length - shown.length;
  const more = left === 0 ? [] : [`- and ${left} more`];
  return [`<details><summary>${summary}</summary>\n\n${[...shown, ...more].join('\n')}\n\n</details>`];
}

function placeOf(origin: Origin, {pathOf}: AuditReport): string {
  if ('arn' in origin) return code(origin.arn);
  return code(`${pathOf(origin.file)}${'line' in origin ? `:${origin.line}` : `: ${origin.address}`}`);
}

/** Text that stays text: no markup, no table cell, no mention of a person. */
function inline(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]|~#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '&#64;');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '’').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')}\``;
}
