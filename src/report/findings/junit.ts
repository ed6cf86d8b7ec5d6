import type {Finding, NotChecked} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';
import {sourceOf} from '../../model/origin.ts';
import {type AuditReport, excuse} from './report.ts';

/**
 * One suite for each file or account, one case for each finding and for each rule that found nothing: a report
 * without cases counts as a broken one. What is accepted, or could not be checked or judged, is skipped, with the reason.
 */
export function findingsJunit(report: AuditReport): string {
  const {result, notRead} = report;
  const {sources} = result;
  const findings = Map.groupBy(result.findings, ({origin}) => sourceOf(origin, sources));
  const notChecked = Map.groupBy(result.notChecked, ({origin}) => sourceOf(origin, sources));
  const notJudged = Map.groupBy(result.notJudged ?? [], ({origin}) => sourceOf(origin, sources));
  const unread = Map.groupBy(notRead, ({resource}) => resource);
  const names = [
    ...new Set([...sources, ...findings.keys(), ...notChecked.keys(), ...notJudged.keys(), ...unread.keys()]),
  ];
  const suites = names.map(name => {
    const found = findings.get(name) ?? [];
    const unknown = notChecked.get(name) ?? [];
    const opaque = notJudged.get(name) ?? [];
    const answered = new Set([...found, ...unknown, ...opaque].map(({rule}) => rule));
    const passed = sources.includes(name) ? report.rules.filter(({id}) => !answered.has(id)) : [];
    const cases: readonly Case[] = [
      ...(unread.get(name) ?? []).map(({reason}) => ({name: 'read', outcome: tag('error', reason, 'unreadable')})),
      ...found.map(finding => caseOf(finding, report)),
      ...unknown.map(entry => skippedCase(entry, 'not checked')),
      ...opaque.map(entry => skippedCase(entry, 'not judged')),
      ...passed.map(({id}) => ({name: id})),
    ];
    return suite(/^\d{12}\/[a-z0-9-]+$/.test(name) ? name : report.pathOf(name), cases);
  });
  const counts = countsOf(suites.flatMap(({cases}) => cases));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gear audit" ${counts} time="0">`,
    ...suites.map(({text}) => text),
    '</testsuites>',
  ].join('\n');
}

interface Case {
  readonly name: string;
  readonly outcome?: Outcome;
}

interface Outcome {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly text: string;
}

function caseOf(finding: Finding, report: AuditReport): Case {
  const {rule, resource, message, severity, remedy, origin} = finding;
  const name = `${rule}: ${resource === '' ? '' : `${resource}: `}${message}`;
  const excused = excuse(finding, report);
  if (excused !== undefined) return {name, outcome: tag('skipped', excused)};
  return {name, outcome: tag('failure', message, severity, `${placeOf(origin, report)}\n${remedy}`)};
}

function placeOf(origin: Origin, {pathOf}: AuditReport): string {
  if ('arn' in origin) return origin.arn;
  const path = pathOf(origin.file);
  return 'line' in origin ? `${path}:${origin.line}:${origin.column}` : `${path}: ${origin.address}`;
}

function skippedCase({rule, resource, reason}: NotChecked, why: 'not checked' | 'not judged'): Case {
  const name = [rule === '*' ? [] : rule, resource === '' ? [] : resource, reason].flat().join(': ');
  return {name, outcome: tag('skipped', `${why}: ${reason}`)};
}

function tag(kind: Outcome['kind'], message: string, type?: string, body?: string): Outcome {
  const attributes = `message="${escaped(message)}"${type === undefined ? '' : ` type="${escaped(type)}"`}`;
  return {kind, text: `<${kind} ${attributes}${body === undefined ? '/>' : `>${escaped(body)}</${kind}>`}`};
}

function suite(name: string, cases: readonly Case[]): {readonly cases: readonly Case[]; readonly text: string} {
  const lines = cases.map(({name: own, outcome}) => {
    const start = `    <testcase name="${escaped(own)}" classname="${escaped(name)}" file="${escaped(name)}" time="0"`;
    return outcome === undefined ? `${start}/>` : `${start}>\n      ${outcome.text}\n    </testcase>`;
  });
  const head = `  <testsuite name="${escaped(name)}" ${countsOf(cases)} time="0">`;
  return {cases, text: [head, ...lines, '  </testsuite>'].join('\n')};
}

function countsOf(cases: readonly Case[]): string {
  const count = (kind: Outcome['kind']) => cases.filter(({outcome}) => outcome?.kind === kind).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

/** XML 1.0 has no way to say most control characters. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it takes out.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\n', '&#10;')
  );
}
