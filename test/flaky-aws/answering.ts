import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

/** Answers every call of the query protocol with nothing in it. */
export async function answering(): Promise<{endpoint: string; close(): void}> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(200, {'content-type': 'text/xml'}).end('<DescribeStacksResponse/>');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
