import {createServer, request} from 'node:http';
import type {AddressInfo} from 'node:net';

/** Hands everything on to a server on this machine, and notes which calls are made. */
export interface CountingProxy {
  readonly endpoint: string;
  /** What was called since this was last asked: `CreateChangeSet`, `PUT /bucket/key`. */
  takeCalls(): readonly string[];
  close(): void;
}

/** With `ownPort`, at that port of the other loopback: a server that looks at whom a request is for takes it for its own. */
export async function startCountingProxy(port: number, ownPort?: number): Promise<CountingProxy> {
  let calls: string[] = [];
  const proxy = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray());
    const {method, url, headers} = incoming;
    const query = /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1];
    calls.push(query ?? (headers['x-amz-target'] as string | undefined) ?? `${method} ${url?.split('?')[0]}`);
    request({host: '127.0.0.1', port, method, path: url, headers}, answer => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    })
      .once('error', () => outgoing.destroy())
      .end(body);
  });
  await new Promise<void>(resolve =>
    ownPort === undefined ? proxy.listen(0, '127.0.0.1', resolve) : proxy.listen(ownPort, '::1', resolve),
  );
  return {
    endpoint:
      ownPort === undefined ? `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` : `http://[::1]:${ownPort}`,
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    close() {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}
