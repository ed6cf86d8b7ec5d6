import type {AwsClients} from '../aws/clients.ts';
import {printable} from '../terminal/printable.ts';
import {interruptible} from './interrupt.ts';
import {spanOf} from './span.ts';

interface ShowLogsOptions {
  /** All groups there are unless said. */
  readonly group?: string | undefined;
  /** `10m` */
  readonly since: string;
  /** A filter pattern of CloudWatch Logs. */
  readonly pattern?: string | undefined;
  readonly errors?: boolean;
  readonly follow: boolean;
  /** Each line as a JSON document, as it is. */
  readonly json: boolean;
  readonly pollMilliseconds: number;
}

/** Writes lines of logs to standard output as they come: a log can be longer than memory. */
export async function showLogs(clients: AwsClients, options: ShowLogsOptions): Promise<void> {
  const {group, pattern, errors = false, follow, json, pollMilliseconds} = options;
  const since = Date.now() - spanOf('--since', options.since);
  const {describeAwsError} = await import('../aws/describe-aws-error.ts');
  const {logEntry, tellsOfError} = await import('../recovery/log-entry.ts');
  const {readLogs} = await import('../recovery/read-logs.ts');
  const {logLineText} = await import('../report/log-lines.ts');
  const {paintFor} = await import('../terminal/paint.ts');
  const form = {withGroup: group === undefined, paint: paintFor('stdout')};
  const logs = await clients.logs();
  await interruptible(async signal => {
    const chosen = {...(group === undefined ? {} : {group}), ...(pattern === undefined ? {} : {pattern})};
    try {
      for await (const line of readLogs({logs, since, signal, follow, pollMilliseconds, ...chosen})) {
        const entry = logEntry(line.message);
        if (errors && !tellsOfError(entry)) continue;
        process.stdout.write(printable(`${json ? JSON.stringify(line) : logLineText(line, entry, form)}\n`));
      }
    } catch (error) {
      throw describeAwsError(error, 'read the logs');
    }
  });
}
