/** One observation that a log event has made: what CloudWatch's store records. */
export interface MetricSample {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** `None` unless said. */
  readonly unit: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}
