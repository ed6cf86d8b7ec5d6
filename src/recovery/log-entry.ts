import {stripVTControlCharacters} from 'node:util';
import {asText} from '../model/as-text.ts';

/** A line of a log, read as what it is. */
export type LogEntry =
  /** What the function's own code said. */
  | {
      readonly kind: 'said';
      readonly level?: string;
      readonly message: string;
      readonly requestId?: string;
      /** The other members of a JSON line. */
      readonly members: Readonly<Record<string, unknown>>;
    }
  /** A metric in CloudWatch's embedded format. */
  | {readonly kind: 'metrics'; readonly namespace: string; readonly values: readonly string[]}
  /** What Lambda says of its own work. */
  | {readonly kind: 'platform'; readonly text: string; readonly failed: boolean};

/** Reads a line in any of the forms that Lambda, its runtimes and the common loggers write. */
export function logEntry(text: string): LogEntry {
  const document = objectOf(text);
  if (document === undefined) return textEntry(stripVTControlCharacters(text));
  if (typeof document.type === 'string' && document.type.startsWith('platform.')) return platformEntry(document);
  if (typeof document._aws === 'object' && document._aws !== null) return metricsEntry(document);
  return jsonEntry(document);
}

/** Whether a line tells of something that failed. */
export function tellsOfError(entry: LogEntry): boolean {
  if (entry.kind === 'metrics') return false;
  if (entry.kind === 'platform') return entry.failed;
  const level = entry.level?.toUpperCase();
  if (level !== undefined) return ['ERROR', 'FATAL', 'CRITICAL'].includes(level);
  return /\b(?:error|exception|traceback)\b/i.test(entry.message) || /Task timed out/.test(entry.message);
}

function jsonEntry(document: Readonly<Record<string, unknown>>): LogEntry {
  const {level, message: given, msg, timestamp: _, time: __, ...others} = document;
  // The runtimes log what a handler threw as a document in place of the text.
  const thrown = typeof given === 'object' && given !== null ? given : {};
  const {errorType, errorMessage, name: ___, ...stack} = thrown as Record<string, unknown>;
  const isError = typeof errorMessage === 'string';
  const {requestId, function_request_id, AWSRequestId, ...members} = others;
  const id = [requestId, function_request_id, AWSRequestId].find(value => typeof value === 'string');
  const said = isError ? `${asText(errorType)}: ${errorMessage}` : (given ?? msg ?? '');
  return {
    kind: 'said',
    ...(typeof level === 'string' ? {level: level.toUpperCase()} : {}),
    ...(typeof id === 'string' ? {requestId: id} : {}),
    message: typeof said === 'string' ? said : JSON.stringify(said),
    members: isError ? {...members, ...stack} : members,
  };
}

/** What Node's and Python's runtimes put in front of a text line. */
function textEntry(text: string): LogEntry {
  if (/^(?:START|END|REPORT) RequestId: |^INIT_(?:START|REPORT) /.test(text))
    return {
      kind: 'platform',
      text: text.replaceAll('\t', '  '),
      failed: /\tStatus: (?:error|timeout)/.test(text),
    };
  const [, nodeId, nodeLevel, nodeMessage] = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t(\S+)\t([A-Z]+)\t(.*)$/s.exec(text) ?? [];
  if (nodeLevel !== undefined) return nodeEntry({level: nodeLevel, requestId: nodeId!}, nodeMessage!);
  const [, pythonLevel, pythonId, pythonMessage] =
    /^\[([A-Z]+)\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\t(\S*)\t(.*)$/s.exec(text) ?? [];
  if (pythonLevel !== undefined)
    return {kind: 'said', level: pythonLevel, message: pythonMessage!, requestId: pythonId!, members: {}};
  const [, bareLevel, bareMessage] = /^\[(ERROR|WARNING|INFO|DEBUG|CRITICAL)\] (.*)$/s.exec(text) ?? [];
  if (bareLevel !== undefined) return {kind: 'said', level: bareLevel, message: bareMessage!, members: {}};
  return {kind: 'said', message: text, members: {}};
}

/** A logger's JSON, or an error of the runtime's (`Invoke Error <tab> {...}`), behind the prefix of Node's console. */
function nodeEntry(prefix: {readonly level: string; readonly requestId: string}, message: string): LogEntry {
  const document = objectOf(message);
  if (document !== undefined) return jsonEntry({...prefix, ...document});
  const thrown = objectOf(message.slice(message.indexOf('\t') + 1));
  if (typeof thrown?.errorMessage === 'string') return jsonEntry({...prefix, message: thrown});
  return {kind: 'said', ...prefix, message, members: {}};
}

function platformEntry({type, record}: Readonly<Record<string, unknown>>): LogEntry {
  const {requestId, status, errorType, metrics} = membersOf(record);
  const figures = Object.entries(membersOf(metrics)).flatMap(([name, value]) =>
    typeof value === 'number' ? [`${figureName(name)} ${figure(name, value)}`] : [],
  );
  const parts = [
    asText(type).replace('platform.', ''),
    ...[requestId].filter(isText),
    ...(isText(status) ? [[status, errorType].filter(isText).join(' ')] : []),
    ...figures,
  ];
  return {kind: 'platform', text: parts.join('  '), failed: isText(status) && status !== 'success'};
}

/** `initDurationMs` -> `init duration` */
function figureName(name: string): string {
  return name
    .replace(/(?:Ms|MB)$/, '')
    .replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
    .trim();
}

function figure(name: string, value: number): string {
  return name.endsWith('MB') ? `${value} MB` : name.endsWith('Ms') ? `${value} ms` : String(value);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function metricsEntry(document: Readonly<Record<string, unknown>>): LogEntry {
  const directives = itemsOf(membersOf(document._aws).CloudWatchMetrics).map(membersOf);
  return {
    kind: 'metrics',
    namespace: directives
      .map(({Namespace}) => Namespace)
      .filter(isText)
      .join(', '),
    values: directives.flatMap(({Metrics}) =>
      itemsOf(Metrics)
        .map(membersOf)
        .flatMap(({Name, Unit}) => {
          const unit = !isText(Unit) || Unit === 'Count' || Unit === 'None' ? '' : ` ${Unit}`;
          return isText(Name) ? [`${Name} ${JSON.stringify(document[Name])}${unit}`] : [];
        }),
    ),
  };
}

// A function writes into its log whatever it likes, also what only looks like Lambda's own lines.
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
