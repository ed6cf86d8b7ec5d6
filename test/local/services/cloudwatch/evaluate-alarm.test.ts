import {describe, expect, it} from 'vitest';
import type {Alarm, TreatMissingData} from '../../../../src/local/services/cloudwatch/alarm.ts';
import {evaluateAlarm} from '../../../../src/local/services/cloudwatch/evaluate-alarm.ts';

const alarm: Alarm = {
  name: 'failed',
  actionsEnabled: true,
  okActions: [],
  alarmActions: [],
  insufficientDataActions: [],
  metric: {namespace: 'Orders', metricName: 'Failed', dimensions: {}},
  statistic: 'Sum',
  period: 60,
  evaluationPeriods: 3,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  tags: {},
  configuredAt: 0,
  state: {value: 'OK', reason: '', updatedAt: 0, transitionedAt: 0},
};
const start = Date.parse('2026-01-05T14:03:00Z');

/** `0 - X`: fine, missing, breaching; oldest first, as AWS's documentation writes them. */
function periods(text: string) {
  return text
    .split(' ')
    .map((mark, index) => (mark === '-' ? undefined : {value: mark === 'X' ? 1 : 0, time: start + index * 60_000}))
    .reverse();
}

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const satisfies readonly TreatMissingData[];

// The tables of "Configuring how CloudWatch alarms treat missing data"; `-` is a state that does not change.
// The row with one late datapoint follows from its text: the oldest that breaches has to be as old as the datapoints.
describe.each([
  {
    datapointsToAlarm: 3,
    rows: [
      ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
      ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
      ['- - - - -', 'INSUFFICIENT_DATA', '-', 'ALARM', 'OK'],
      ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['- - X - -', 'ALARM', '-', 'ALARM', 'OK'],
      ['- - - - X', '-', '-', 'ALARM', 'OK'],
    ],
  },
  {
    datapointsToAlarm: 2,
    rows: [
      ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - X -', 'ALARM', '-', 'ALARM', 'OK'],
    ],
  },
])('an alarm of $datapointsToAlarm datapoints out of 3', ({datapointsToAlarm, rows}) => {
  for (const [text, ...states] of rows)
    it.each(treatments.map((treatment, index) => [text!, treatment, states[index]!] as const))(
      'sees %s with missing data %s: %s',
      (marks, treatMissingData, expected) => {
        const verdict = evaluateAlarm({...alarm, datapointsToAlarm, treatMissingData}, periods(marks));
        expect(verdict?.value ?? '-').toBe(expected);
      },
    );
});

describe('the reason', () => {
  it.each([
    [
      {evaluationPeriods: 1},
      'X',
      'Threshold Crossed: 1 datapoint [1.0 (05/01/26 14:03:00)] was greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).',
    ],
    [
      {evaluationPeriods: 1},
      '0',
      'Threshold Crossed: 1 datapoint [0.0 (05/01/26 14:03:00)] was not greater than the threshold (0.0) (minimum 1 datapoint for ALARM -> OK transition).',
    ],
    [
      {datapointsToAlarm: 2},
      'X 0 X',
      'Threshold Crossed: 2 out of the last 3 datapoints [1.0 (05/01/26 14:05:00), 1.0 (05/01/26 14:03:00)] were greater than the threshold (0.0) (minimum 2 datapoints for OK -> ALARM transition).',
    ],
    [
      {evaluationPeriods: 1, treatMissingData: 'notBreaching'},
      '-',
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    ],
    [{}, '- - -', 'Insufficient Data: 3 datapoints were unknown.'],
  ] as const)('with %o for %s is a sentence', (more, marks, reason) => {
    expect(evaluateAlarm({...alarm, ...more}, periods(marks))?.reason).toBe(reason);
  });
});
