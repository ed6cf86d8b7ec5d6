import {pathToFileURL} from 'node:url';
import type {AnyRule} from '../../audit/define-rule.ts';
import type {Finding, NotChecked, Severity} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';
import type {AuditReport} from './report.ts';

/**
 * SARIF 2.1.0, for code scanning: all findings, those that are accepted with the reason, known ones as unchanged.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function findingsSarif(report: AuditReport): string {
  const {result, notRead, refused = [], rules, version, baseline} = report;
  const index = new Map(rules.map(({id}, position) => [id, position]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {driver: {name: 'gear', semanticVersion: version, rules: rules.map(descriptor)}},
        automationDetails: {id: 'gear-audit/'},
        invocations: [
          {
            executionSuccessful: notRead.length + refused.length === 0,
            toolExecutionNotifications: [
              ...notRead.map(entry => notification(entry, 'error', index, report)),
              ...result.notChecked.map(entry => notification(entry, 'warning', index, report)),
              ...(result.notJudged ?? []).map(entry => notification(entry, 'note', index, report)),
            ],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: result.findings.map(finding => resultOf(finding, index, report, baseline)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function descriptor({id, title, why, remedy, severity, examples, reference}: AnyRule) {
  const group = id.slice(0, id.indexOf('/'));
  const help = `${why}\n\n${remedy}`;
  return {
    id,
    name: pascalCase(id),
    shortDescription: {text: `${title}.`},
    fullDescription: {text: why},
    help: {
      text: help,
      markdown: `${help}\n\nBad:\n\n\`\`\`yaml\n${examples.bad}\n\`\`\`\n\nGood:\n\n\`\`\`yaml\n${examples.good}\n\`\`\``,
    },
    ...(reference === undefined ? {} : {helpUri: reference}),
    defaultConfiguration: {level: levels[severity]},
    properties: {
      tags: group === 'iam' ? ['security', 'iam'] : [group],
      // Code scanning ranks rules about security by it, and by it alone.
      ...(group === 'iam' ? {'security-severity': securitySeverities[severity]} : {}),
    },
  };
}

function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|[/-])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const levels: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '1.0',
};

type RuleIndex = ReadonlyMap<string, number>;

function resultOf(finding: Finding, index: RuleIndex, report: AuditReport, baseline: boolean) {
  const {rule, severity, message, remedy, resource, function: fn, origin, evidence, fingerprint, suppressed} = finding;
  const file = 'file' in origin ? report.pathOf(origin.file) : '';
  return {
    ruleId: rule,
    ruleIndex: index.get(rule),
    kind: 'fail',
    level: levels[severity],
    message: {text: `${message}. ${remedy}`},
    locations: [location(origin, resource, report)],
    partialFingerprints: {
      'gearFinding/v1': fingerprint,
      // The one that code scanning compares. It is the same in two files, so the file is part of it.
      primaryLocationLineHash: `${fingerprint.slice(0, 32)}:${hash(file)}`,
    },
    suppressions:
      suppressed === null
        ? []
        : [
            {
              kind: sameFile(suppressed.origin, origin) ? 'inSource' : 'external',
              status: 'accepted',
              justification: suppressed.reason,
              location: location(suppressed.origin, resource, report),
            },
          ],
    ...(baseline ? {baselineState: finding.known ? 'unchanged' : 'new'} : {}),
    properties: {severity, resource, ...(fn === null ? {} : {function: fn}), evidence},
  };
}

/** What could not be checked is no result: it is the tool that tells of its own run. */
function notification(
  {rule, resource, reason, origin}: NotChecked,
  level: 'error' | 'warning' | 'note',
  index: RuleIndex,
  report: AuditReport,
) {
  return {
    level,
    message: {
      text: `not ${level === 'note' ? 'judged' : 'checked'}: ${resource === '' ? '' : `${resource}: `}${reason}`,
    },
    locations: [location(origin, resource, report)],
    ...(index.has(rule) ? {associatedRule: {id: rule, index: index.get(rule)}} : {}),
  };
}

function location(origin: Origin, resource: string, {pathOf}: AuditReport) {
  const logical = resource === '' ? [] : [{name: resource, kind: 'resource'}];
  if ('arn' in origin)
    return {logicalLocations: [{name: resource || origin.arn, fullyQualifiedName: origin.arn, kind: 'resource'}]};
  const path = pathOf(origin.file);
  const artifactLocation = path.startsWith('/')
    ? {uri: pathToFileURL(path).href}
    : {uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%'};
  const region = 'line' in origin ? {region: {startLine: origin.line, startColumn: origin.column}} : {};
  return {
    physicalLocation: {artifactLocation, ...region},
    ...(logical.length === 0 ? {} : {logicalLocations: logical}),
  };
}

function sameFile(one: Origin, other: Origin): boolean {
  return 'file' in one && 'file' in other && one.file === other.file;
}

/** FNV-1a: tells files apart, and keeps nothing secret. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16);
}
