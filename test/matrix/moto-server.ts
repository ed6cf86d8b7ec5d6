import {type ChildProcess, spawn} from 'node:child_process';
import {type CountingProxy, startCountingProxy} from './counting-proxy.ts';

/** moto's server in a process of its own, behind a proxy that notes which calls are made. Undefined where moto is not installed. */
export async function startMoto(): Promise<CountingProxy | undefined> {
  const started = await startServer();
  if (started === undefined) return undefined;
  const proxy = await startCountingProxy(started.port);
  return {
    ...proxy,
    close() {
      proxy.close();
      started.child.kill('SIGKILL');
    },
  };
}

/** It says its port once it listens. */
function startServer(): Promise<{child: ChildProcess; port: number} | undefined> {
  // No shim in between, so that it is the server that is killed.
  const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise(resolve => {
    let said = '';
    child.stderr.on('data', chunk => {
      said += chunk;
      const [, port] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (port !== undefined) resolve({child, port: Number(port)});
    });
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(undefined));
  });
}
