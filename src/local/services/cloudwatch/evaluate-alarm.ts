import {counted} from '../../../model/counted.ts';
import {type Alarm, comparisonOperators, type StateValue} from './alarm.ts';

export interface Datapoint {
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface Verdict {
  readonly value: StateValue;
  readonly reason: string;
}

/** AWS looks further back than the evaluation periods for datapoints that are there, by this many in its own tables. */
export const extraPeriods = 2;

/**
 * The state that these periods put the alarm into, undefined when it stays in the one it has. `periods` are the
 * alarm's periods, newest first, undefined where nothing was observed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(alarm: Alarm, periods: readonly (Datapoint | undefined)[]): Verdict | undefined {
  const {evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = 'missing'} = alarm;
  const real = periods.filter(datapoint => datapoint !== undefined).slice(0, evaluationPeriods);
  const missing = evaluationPeriods - real.length;
  const breaching = real.filter(({value}) => breaches(alarm, value));
  if (real.length === 0) return withoutData(alarm);
  const needed = datapointsToAlarm - (treatMissingData === 'breaching' ? missing : 0);
  if (breaching.length >= needed) return crossed(alarm, 'ALARM', breaching, real);
  // Datapoints that are there and fine end the alarm whatever is missing beside them.
  if (missing === 0 || breaching.length < real.length || treatMissingData === 'notBreaching')
    return crossed(
      alarm,
      'OK',
      real.filter(({value}) => !breaches(alarm, value)),
      real,
    );
  // All that is there breaches, but there is too little of it.
  const oldest = periods.findLastIndex(datapoint => datapoint !== undefined);
  const longEnough = oldest + 1 >= datapointsToAlarm;
  return treatMissingData === 'missing' && longEnough ? crossed(alarm, 'ALARM', breaching, real) : undefined;
}

function breaches({comparisonOperator, threshold}: Alarm, value: number): boolean {
  return comparisonOperators[comparisonOperator].holds(value, threshold);
}

function withoutData({treatMissingData = 'missing', evaluationPeriods}: Alarm): Verdict | undefined {
  const periods = counted(evaluationPeriods, 'period');
  const treated = (as: string) =>
    `Threshold Crossed: no datapoints were received for ${periods} and ${counted(evaluationPeriods, 'missing datapoint')} ${evaluationPeriods === 1 ? 'was' : 'were'} treated as [${as}].`;
  switch (treatMissingData) {
    case 'ignore':
      return undefined;
    case 'breaching':
      return {value: 'ALARM', reason: treated('Breaching')};
    case 'notBreaching':
      return {value: 'OK', reason: treated('NonBreaching')};
    case 'missing':
      return {
        value: 'INSUFFICIENT_DATA',
        reason: `Insufficient Data: ${counted(evaluationPeriods, 'datapoint')} ${evaluationPeriods === 1 ? 'was' : 'were'} unknown.`,
      };
  }
}

function crossed(
  alarm: Alarm,
  value: 'OK' | 'ALARM',
  relevant: readonly Datapoint[],
  real: readonly Datapoint[],
): Verdict {
  const {evaluationPeriods, datapointsToAlarm = evaluationPeriods} = alarm;
  const shown = (relevant.length > 0 ? relevant : real).map(
    ({value, time}) => `${decimal(value)} (${dayAndTime(time)})`,
  );
  const what =
    evaluationPeriods === 1
      ? `1 datapoint [${shown.join(', ')}]`
      : `${shown.length} out of the last ${counted(evaluationPeriods, 'datapoint')} [${shown.join(', ')}]`;
  const verb = `${shown.length === 1 ? 'was' : 'were'}${value === 'ALARM' ? '' : ' not'}`;
  const words = comparisonOperators[alarm.comparisonOperator].words;
  const minimum = `(minimum ${counted(datapointsToAlarm, 'datapoint')} for ${value === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK'} transition)`;
  return {
    value,
    reason: `Threshold Crossed: ${what} ${verb} ${words} the threshold (${decimal(alarm.threshold)}) ${minimum}.`,
  };
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** `05/01/26 14:03:00`, in UTC, as AWS writes it. */
function dayAndTime(time: number): string {
  const iso = new Date(time).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}
