import {type ChildProcess, spawn} from 'node:child_process';
import {createServer, request, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';

/** moto's server in a process of its own, behind a proxy that notes which calls are made. */
export interface MotoServer {
  readonly endpoint: string;
  /** What was called since this was last asked: `CreateChangeSet`, `PUT /bucket/key`. */
  takeCalls(): readonly string[];
  close(): void;
}

/** Undefined where moto is not installed. */
export async function startMoto(): Promise<MotoServer | undefined> {
  const started = await startServer();
  if (started === undefined) return undefined;
  let calls: string[] = [];
  const proxy = await startProxy(started.port, call => calls.push(call));
  return {
    endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    close() {
      proxy.close();
      proxy.closeAllConnections();
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

async function startProxy(port: number, note: (call: string) => void): Promise<Server> {
  const proxy = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray());
    const {method, url, headers} = incoming;
    const query = /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1];
    note(query ?? (headers['x-amz-target'] as string | undefined) ?? `${method} ${url?.split('?')[0]}`);
    request({host: '127.0.0.1', port, method, path: url, headers}, answer => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    })
      .once('error', () => outgoing.destroy())
      .end(body);
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}
