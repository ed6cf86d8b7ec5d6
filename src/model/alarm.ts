import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

export interface Alarm {
  readonly name: string;
  /** The metrics it watches, those inside a metric query included. */
  readonly metrics: readonly AlarmMetric[];
  /** Somebody or something is told; absent where that cannot be seen from the alarm alone. */
  readonly acts?: boolean;
  readonly origin: Origin;
}

export interface AlarmMetric {
  readonly namespace: Resolvable<string>;
  readonly metricName: Resolvable<string>;
  readonly dimensions: Readonly<Record<string, Resolvable<string>>>;
}
