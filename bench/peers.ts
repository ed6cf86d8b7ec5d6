import {spawn} from 'node:child_process';
import {createServer} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';

export interface Peer {
  readonly endpoint: string;
  /** Milliseconds from the start of the process to the first answer. */
  readonly startMilliseconds: number;
  close(): void;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address() as {port: number};
      server.close(() => resolve(port));
    });
  });
}

/** dynalite by itself: what stands below gear's DynamoDB, without the gateway. */
export function startDynalite(): Promise<Peer> {
  const script = `
    const dynalite = (await import('dynalite')).default;
    dynalite({createTableMs: 0}).listen(Number(process.argv[1]), '127.0.0.1');`;
  return start(port => [process.execPath, ['--input-type=module', '-e', script, String(port)]]);
}

/** moto's server, where it is installed. */
export async function startMoto(): Promise<Peer | undefined> {
  const {failed} = await execa('moto_server', ['--version'], {reject: false});
  return failed ? undefined : start(port => ['moto_server', ['-H', '127.0.0.1', '-p', String(port)]]);
}

export async function start(command: (port: number) => readonly [string, readonly string[]]): Promise<Peer> {
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
  return {endpoint, startMilliseconds: performance.now() - started, close: () => void child.kill('SIGKILL')};
}
