import type {AccessMap} from '../../../src/audit/access-map.ts';
import {rules} from '../../../src/audit/rules/index.ts';
import type {Finding} from '../../../src/model/finding.ts';
import type {AuditReport} from '../../../src/report/findings/report.ts';

const file = 'orders/template.yaml';

export const finding: Finding = {
  rule: 'iam/wildcard-resource',
  severity: 'high',
  message: 'sqs:SendMessage is allowed on *',
  function: 'Ingest',
  resource: 'IngestRole',
  origin: {file, line: 40, column: 17},
  evidence: {action: 'sqs:SendMessage', resource: '*'},
  remedy: 'Name the queue.',
  fingerprint: 'f0'.repeat(32),
  suppressed: null,
  known: false,
};

const noAlarm: Finding = {
  ...finding,
  rule: 'observability/no-error-alarm',
  severity: 'medium',
  message: 'Errors of Archive raise no alarm',
  function: 'Archive',
  resource: 'Archive',
  evidence: {metric: 'Errors'},
  fingerprint: 'f1'.repeat(32),
};
const ignored: Finding = {
  ...finding,
  severity: 'low',
  message: 'logs:PutLogEvents is allowed on *',
  fingerprint: 'f2'.repeat(32),
  suppressed: {reason: 'the groups are made later', expires: '2027-03-31', origin: {file, line: 38, column: 5}},
};

/** `count` functions with a role of their own each; the first of the roles may send to every queue. */
export function ordersMap(count = 2, names = ['Ingest', 'Archive']): AccessMap {
  const all = Array.from({length: count}, (_, index) => names[index] ?? `Worker${index}`);
  return {
    source: file,
    functions: all.map((name, index) => ({
      name,
      role: `${name}Role`,
      triggers: [index % 2 === 0 ? {kind: 'queue', name: 'OrdersQueue'} : {kind: 'schedule', name: ''}],
      origin: {file, line: 10 + index, column: 3},
    })),
    roles: all.map((name, index) => ({
      name: `${name}Role`,
      notes: index === 1 ? ['a permissions boundary narrows this further'] : [],
      reaches: [
        index === 0
          ? {
              service: '',
              resource: '*',
              actions: ['sqs:SendMessage'],
              kind: 'any',
              everyAction: false,
              conditional: false,
            }
          : {
              service: 'dynamodb',
              resource: `Table${index % 5}`,
              actions: ['dynamodb:PutItem'],
              kind: 'named',
              everyAction: false,
              conditional: true,
            },
        {
          service: 'logs',
          resource: `log-group:${name}`,
          actions: ['logs:PutLogEvents'],
          kind: 'own-logs',
          everyAction: false,
          conditional: false,
        },
      ],
    })),
  };
}

export function ordersReport(
  changes: Partial<AuditReport['result']> = {},
  rest: Partial<AuditReport> = {},
): AuditReport {
  return {
    result: {
      functions: 2,
      findings: [finding, noAlarm, ignored],
      notChecked: [
        {rule: 'size/package-too-large', resource: 'Ingest', reason: 'there is no ./dist', origin: finding.origin},
      ],
      sources: [file],
      maps: [ordersMap()],
      ...changes,
    },
    notRead: [],
    rules,
    failOn: 'low',
    baseline: false,
    gone: [],
    version: '0.1.0',
    pathOf: path => path,
    ...rest,
  };
}
