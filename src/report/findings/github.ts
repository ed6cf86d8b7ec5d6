import type {NotChecked} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';
import {type AuditReport, fails} from './report.ts';
import {plainSummary} from './summary.ts';

/**
 * Annotations beside the lines of a pull request: workflow commands, which GitHub reads out of a step's log.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function findingsGithub(report: AuditReport): string {
  const {result, notRead} = report;
  const findings = result.findings
    .filter(({suppressed, known}) => suppressed === null && !known)
    .map(finding => {
      const {severity, rule, message, remedy, origin, resource} = finding;
      const level = fails(finding, report) ? 'error' : severity === 'info' ? 'notice' : 'warning';
      return command(
        level,
        `${severity} ${rule}`,
        `${resource === '' ? '' : `${resource}: `}${message}\n${remedy}`,
        origin,
        report,
      );
    });
  const open = (level: string, title: string) => (entry: NotChecked) =>
    command(
      level,
      title,
      `${entry.rule === '*' ? '' : `${entry.rule}: `}${entry.resource === '' ? '' : `${entry.resource}: `}${entry.reason}`,
      entry.origin,
      report,
    );
  return [
    ...notRead.map(open('error', 'not checked')),
    ...findings,
    ...result.notChecked.map(open('warning', 'not checked')),
    ...(result.notJudged ?? []).map(open('notice', 'not judged')),
    plainSummary(report),
  ].join('\n');
}

function command(level: string, title: string, message: string, origin: Origin, {pathOf}: AuditReport): string {
  const file = 'file' in origin ? `file=${property(pathOf(origin.file))},` : '';
  const place = 'line' in origin ? `${file}line=${origin.line},col=${origin.column},` : file;
  const whole = 'line' in origin ? message : `${message}\n${'arn' in origin ? origin.arn : origin.address}`;
  return `::${level} ${place}title=${property(title)}::${data(whole)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
