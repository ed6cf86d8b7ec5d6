import {readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** What another process needs to reach a running cloud; it stands in `cloud.json` of the state folder. */
export interface LocalConnection {
  readonly pid: number;
  readonly port: number;
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Opens gear's own endpoints. */
  readonly token: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Of gear. */
  readonly version: string;
}

const name = 'cloud.json';

/** Whole or not at all, and readable by its owner only: it holds keys. */
export function writeConnection(folder: string, connection: LocalConnection): void {
  const temporary = join(folder, `${name}.${process.pid}`);
  writeFileSync(temporary, `${JSON.stringify(connection, null, 2)}\n`, {mode: 0o600});
  renameSync(temporary, join(folder, name));
}

export function removeConnection(folder: string): void {
  rmSync(join(folder, name), {force: true});
}

/** Undefined when there is none, or what stands there was not written by gear. */
export function readConnection(folder: string): LocalConnection | undefined {
  try {
    const connection = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<LocalConnection>;
    const {pid, endpoint, token} = connection;
    if (typeof pid !== 'number' || typeof endpoint !== 'string' || typeof token !== 'string') return undefined;
    return connection as LocalConnection;
  } catch {
    return undefined;
  }
}
