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

interface Time {
  readonly now: string;
  readonly ahead: number;
}

export function timeText({now, ahead}: Time): string {
  return ahead === 0 ? `${now}, as on this machine` : `${now}, ${duration(ahead)} ahead of this machine`;
}

interface Status extends Connection {
  readonly time: Time;
  readonly chaos?: string;
  readonly version: string;
  readonly startedAt: string;
  readonly services: readonly string[];
  readonly stacks: readonly {readonly name: string; readonly status: string}[];
  readonly functions: readonly {readonly name: string; readonly logicalId?: string; readonly stackName?: string}[];
}

export function statusText(status: Status, now: number): string {
  const {stacks, functions} = status;
  const loose = functions.filter(({stackName}) => stackName === undefined);
  const lines = [
    ['endpoint', status.endpoint],
    ['account', `${status.account}, region ${status.region}`],
    ['process', `${status.pid}, up ${duration(now - Date.parse(status.startedAt))}, gear ${status.version}`],
    ...(status.time.ahead === 0 ? [] : [['time', timeText(status.time)]]),
    ...(status.chaos === undefined
      ? []
      : [['chaos', `seed ${status.chaos}: duplicates, delays, throttles and killed handlers are made on purpose`]]),
    ['services', status.services.join(', ')],
    ...stackLines(stacks, functions),
    ...(loose.length === 0 ? [] : [['functions', loose.map(({name}) => name).join(', ')]]),
  ];
  return lines.map(([name, value]) => `${name!.padEnd(10)} ${value}`).join('\n');
}

/** Each stack with its functions: their logical IDs are the same in every copy of a service. */
function stackLines(stacks: Status['stacks'], functions: Status['functions']): [string, string][] {
  if (stacks.length === 0) return [['stacks', 'none']];
  return stacks.map(({name, status}, index) => {
    const own = functions.filter(({stackName}) => stackName === name).map(({logicalId, name}) => logicalId ?? name);
    return [index === 0 ? 'stacks' : '', `${name} (${status})${own.length === 0 ? '' : `: ${own.join(', ')}`}`];
  });
}
