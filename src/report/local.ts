import {duration} from './units.ts';

interface Connection {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly pid: number;
}

export function startedText({endpoint, account, region}: Connection, started: boolean): string {
  const what = started ? 'gear local is ready' : 'gear local already runs';
  return `${what} at ${endpoint} (account ${account}, region ${region})`;
}

interface Status extends Connection {
  readonly version: string;
  readonly startedAt: string;
  readonly services: readonly string[];
  readonly stacks: readonly {readonly name: string; readonly status: string}[];
  readonly functions: readonly {readonly name: string; readonly logicalId?: string}[];
}

export function statusText(status: Status, now: number): string {
  const {stacks, functions} = status;
  const lines = [
    ['endpoint', status.endpoint],
    ['account', `${status.account}, region ${status.region}`],
    ['process', `${status.pid}, up ${duration(now - Date.parse(status.startedAt))}, gear ${status.version}`],
    ['services', status.services.join(', ')],
    ['stacks', stacks.length === 0 ? 'none' : stacks.map(({name, status}) => `${name} (${status})`).join(', ')],
    ['functions', functions.length === 0 ? 'none' : functions.map(({name, logicalId}) => logicalId ?? name).join(', ')],
  ];
  return lines.map(([name, value]) => `${name!.padEnd(10)} ${value}`).join('\n');
}

interface LogLine {
  readonly group: string;
  readonly time: number;
  readonly message: string;
}

/** With the group where lines of several are mixed. */
export function logLineText({group, time, message}: LogLine, withGroup: boolean): string {
  const when = new Date(time).toISOString();
  return withGroup ? `${when} ${group} ${message}` : `${when} ${message}`;
}
