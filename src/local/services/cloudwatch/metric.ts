/** One observation, as services report it: what `record` takes. */
export interface MetricSample {
  /** `AWS/Lambda`, `Orders`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** `None` unless said. */
  readonly unit?: string;
  /** Milliseconds since the epoch; now unless said. */
  readonly time?: number;
}

/** A metric is its name with all of its dimensions: the same name with others is another metric. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What was observed at one moment: one value (then minimum and maximum are equal) or a statistic set. */
export interface Observation {
  readonly unit: string;
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

export function metricKey({namespace, metricName, dimensions}: MetricIdentity): string {
  const pairs = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metricName, ...pairs]);
}

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

export function dimensionsOf(list: readonly Dimension[] = []): Record<string, string> {
  return Object.fromEntries(list.map(({Name, Value}) => [Name, Value]));
}

export function dimensionList(dimensions: Readonly<Record<string, string>>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({Name, Value}));
}
