import {readFileSync} from 'node:fs';

export interface RuntimeLifecycle {
  readonly deprecated: string;
  readonly createBlocked: string;
  readonly updateBlocked: string;
  readonly successor?: string;
}

export function runtimeLifecycle(runtime: string): RuntimeLifecycle | undefined {
  const {runtimes} = table();
  return Object.hasOwn(runtimes, runtime) ? runtimes[runtime] : undefined;
}

/** The month of the table. */
export function runtimesAsOf(): string {
  return table().asOf;
}

interface Table {
  readonly asOf: string;
  readonly runtimes: Readonly<Record<string, RuntimeLifecycle>>;
}

let loaded: Table | undefined;

function table(): Table {
  loaded ??= JSON.parse(readFileSync(new URL('../../data/lambda-runtimes.json', import.meta.url), 'utf8')) as Table;
  return loaded;
}
