import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

/** Answers every call of the query protocol with nothing in it, or refuses it. */
export async function answering({refusing = false} = {}): Promise<{endpoint: string; close(): void}> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    const [status, body] = refusing
      ? [400, '<ErrorResponse><Error><Code>ValidationError</Code><Message>no</Message></Error></ErrorResponse>']
      : [200, '<DescribeStacksResponse/>'];
    outgoing.writeHead(status, {'content-type': 'text/xml'}).end(body);
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
