/** A filter pattern, ready to be asked. */
export interface FilterPattern {
  matches(event: LogMessage): boolean;
  /** What TestMetricFilter shows of a match: `{'$.level': 'ERROR'}`. */
  extract(event: LogMessage): Record<string, string>;
}

/** A message, parsed as JSON at most once however many patterns ask. */
export interface LogMessage {
  readonly text: string;
  /** Undefined when the message is not a JSON object. */
  readonly json: () => object | undefined;
}

export function logMessage(text: string): LogMessage {
  let parsed: {readonly value: object | undefined} | undefined;
  return {
    text,
    json() {
      parsed ??= {value: parseObject(text)};
      return parsed.value;
    },
  };
}

function parseObject(text: string): object | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
