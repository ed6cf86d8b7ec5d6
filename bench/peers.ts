import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {type AwsClients, awsClients} from '../src/aws/clients.ts';
import {readConnection} from '../src/local/connection-file.ts';

/** A server in a process of its own, as a user runs it. */
export interface Peer {
  readonly name: string;
  readonly clients: AwsClients;
  readonly pid: number;
  /** Milliseconds from the start of the process until it was ready. */
  readonly startMilliseconds: number;
  close(): Promise<void>;
}

const anyone = {accessKeyId: 'test', secretAccessKey: 'test'};

/** With what processes need to reach it. */
interface GearPeer extends Peer {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

export async function startGear(): Promise<GearPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'gear-bench-'));
  const entry = fileURLToPath(new URL('../dist/local/daemon-process.js', import.meta.url));
  const started = performance.now();
  const child = spawn(process.execPath, [entry, JSON.stringify({folder, port: 0})], {stdio: 'ignore'});
  let connection = readConnection(folder);
  while (connection === undefined) {
    if (child.exitCode !== null) throw new Error(`gear local ended with ${child.exitCode}`);
    await sleep(1);
    connection = readConnection(folder);
  }
  const startMilliseconds = performance.now() - started;
  const {endpoint, region, accessKeyId, secretAccessKey} = connection;
  return {
    name: 'gear local',
    clients: awsClients({endpoint, region, credentials: {accessKeyId, secretAccessKey}}),
    port: Number(new URL(endpoint).port),
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
      // The aws CLI knows this name only.
      AWS_DEFAULT_REGION: region,
    },
    pid: child.pid!,
    startMilliseconds,
    async close() {
      await stop(child, 'SIGTERM');
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** dynalite by itself: what stands below gear's DynamoDB, with its own server and its own memory. */
export function startDynalite(): Promise<Peer> {
  const script = `
    const dynalite = (await import('dynalite')).default;
    dynalite({createTableMs: 0}).listen(Number(process.argv[1]), '127.0.0.1');`;
  return start('dynalite', port => [process.execPath, ['--input-type=module', '-e', script, String(port)]]);
}

/** moto's server, where it is installed. */
export async function startMoto(): Promise<Peer | undefined> {
  if (!(await hasMoto())) return undefined;
  return start('moto_server', port => ['moto_server', ['-H', '127.0.0.1', '-p', String(port)]]);
}

export function hasMoto(): Promise<boolean> {
  return isInstalled('moto_server', '--help');
}

/** A server that answers every request with the same bytes: no server on Node can do with less. */
export function startBareServer(): Promise<Peer> {
  const script = `
    const answer = JSON.stringify({Item: {id: {S: '1'}, total: {N: '18.4'}}});
    require('node:http').createServer((request, response) => {
      request.resume().once('end', () => response.writeHead(200, {
        'content-type': 'application/x-amz-json-1.0', 'content-length': answer.length}).end(answer));
    }).listen(Number(process.argv[1]), '127.0.0.1');`;
  return start('node:http', port => [process.execPath, ['-e', script, String(port)]]);
}

/** `argument` is one with which the command does nothing and ends well. */
export async function isInstalled(command: string, argument = '--version'): Promise<boolean> {
  return !(await execa(command, [argument], {reject: false})).failed;
}

/** Microseconds of processor time that a process has taken so far; undefined where the system does not tell. */
export function processorTime({pid}: Peer): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  // Ticks of the clock, a hundredth of a second each.
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Of a process, in MiB; undefined where the system does not tell. */
export function residentMemory({pid}: Peer): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

async function start(name: string, command: (port: number) => readonly [string, readonly string[]]): Promise<Peer> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const [file, args] = command(port);
  const started = performance.now();
  const child = spawn(file, args, {stdio: 'ignore'});
  for (;;) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) break;
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`);
    await sleep(2);
  }
  return {
    name,
    clients: awsClients({endpoint, region: 'us-east-1', credentials: anyone}),
    pid: child.pid!,
    startMilliseconds: performance.now() - started,
    close: () => stop(child, 'SIGKILL'),
  };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address() as {port: number};
      server.close(() => resolve(port));
    });
  });
}
