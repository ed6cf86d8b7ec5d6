import type {LogGroup} from '@aws-sdk/client-cloudwatch-logs';

export interface StartQuery {
  /** Those that it is asked for; one with a SOURCE may read others. */
  readonly groups: readonly string[];
  /** Absent where the query itself says which. */
  readonly logGroupNames?: readonly string[];
  readonly queryString: string;
}

/**
 * As few queries as the log groups take. Up to 50 are named; more than that and with the usual prefix they are one
 * query with a SOURCE, which reads what deleted functions have left behind, too.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Source.html
 */
export function startQueries(groups: readonly LogGroup[]): readonly StartQuery[] {
  return classes.flatMap(logGroupClass => {
    const names = groups
      .filter(group => (group.logGroupClass ?? 'STANDARD') === logGroupClass)
      .map(({logGroupName = ''}) => logGroupName)
      .sort();
    if (names.length <= mostNamed) return named(names);
    const usual = names.filter(name => name.startsWith(usualPrefix));
    if (usual.length <= mostNamed) return named(names);
    const source = `SOURCE logGroups(namePrefix: ['${usualPrefix}'], class: ['${logGroupClass}'])`;
    const bySource = {groups: usual, queryString: `${source}\n| ${startsQuery}`};
    return [bySource, ...named(names.filter(name => !name.startsWith(usualPrefix)))];
  });
}

/** One query reads one class. The third, DELIVERY, is read by none. */
const classes = ['STANDARD', 'INFREQUENT_ACCESS'];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const mostNamed = 50;

const usualPrefix = '/aws/lambda/';

function named(names: readonly string[]): readonly StartQuery[] {
  return Array.from({length: Math.ceil(names.length / mostNamed)}, (_, index) => {
    const groups = names.slice(index * mostNamed, (index + 1) * mostNamed);
    return {groups, logGroupNames: groups, queryString: startsQuery};
  });
}

/**
 * The report of each invocation, as text and as JSON. What Logs Insights discovers in the log of a function by itself
 * it discovers under the usual prefix only, so that lines of text are taken apart here. In a log group of several
 * functions the name of the stream says whose it is.
 */
export const startsQuery = `filter @message like /^REPORT RequestId: / or type = "platform.report"
| parse @message /Memory Size: (?<memoryText>[0-9]+) MB/
| parse @message /Max Memory Used: (?<usedText>[0-9]+) MB/
| parse @message /Init Duration: (?<initText>[0-9.]+) ms/
| parse @message /Restore Duration: (?<restoreText>[0-9.]+) ms/
| parse @logStream /^[0-9]+\\/[0-9]+\\/[0-9]+\\/(?<ownerName>[^\\[]*)\\[/
| fields coalesce(memoryText, record.metrics.memorySizeMB) as memory, coalesce(usedText, record.metrics.maxMemoryUsedMB) as used, coalesce(initText, record.metrics.initDurationMs) as init, coalesce(restoreText, record.metrics.restoreDurationMs) as restore
| stats count(*) as invocations, max(used) as maxMemoryUsed, count(init) as inits, pct(init, 50) as initP50, pct(init, 95) as initP95, max(init) as initMax, count(restore) as restores, pct(restore, 50) as restoreP50, pct(restore, 95) as restoreP95, max(restore) as restoreMax by @log, ownerName, memory`;

/** A row of the answer, by the names above. */
export type StartRow = Readonly<Record<string, string>>;
