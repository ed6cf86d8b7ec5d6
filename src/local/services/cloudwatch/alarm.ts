import type {MetricIdentity} from './metric.ts';

/** An alarm on one metric as it is stored. Its actions are topics. */
export interface Alarm {
  readonly name: string;
  readonly description?: string | undefined;
  readonly actionsEnabled: boolean;
  readonly okActions: readonly string[];
  readonly alarmActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  readonly metric: MetricIdentity;
  readonly statistic?: string | undefined;
  readonly extendedStatistic?: string | undefined;
  /** Seconds. */
  readonly period: number;
  readonly unit?: string | undefined;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number | undefined;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly treatMissingData?: TreatMissingData | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly configuredAt: number;
  readonly state: AlarmState;
}

interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  readonly reasonData?: string | undefined;
  readonly updatedAt: number;
  readonly transitionedAt: number;
}

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export const comparisonOperators = {
  GreaterThanOrEqualToThreshold: {
    holds: (value: number, threshold: number) => value >= threshold,
    words: 'greater than or equal to',
  },
  GreaterThanThreshold: {holds: (value: number, threshold: number) => value > threshold, words: 'greater than'},
  LessThanThreshold: {holds: (value: number, threshold: number) => value < threshold, words: 'less than'},
  LessThanOrEqualToThreshold: {
    holds: (value: number, threshold: number) => value <= threshold,
    words: 'less than or equal to',
  },
} as const;

export type ComparisonOperator = keyof typeof comparisonOperators;

export const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type TreatMissingData = (typeof treatments)[number];
