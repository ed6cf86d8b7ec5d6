import {createServer, type IncomingHttpHeaders, request, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** What goes wrong on the way to AWS and back. The last two happen when the request has had its effect. */
export const faults = ['ill', 'throttled', 'not heard', 'answer lost', 'answer cut short'] as const;
export type Fault = (typeof faults)[number];

export interface FlakyWay {
  readonly port: number;
  close(): void;
}

/** What of a request tells which call it is, attempts at the same call alike. */
export interface Asked {
  /** `CloudFormation DescribeStacks`, or `PUT /bucket`. */
  readonly call: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/** A way to the embedded AWS on which requests and answers suffer. */
export async function flakyWay(
  target: string,
  faultOf: (asked: Asked) => Fault | undefined,
  /** Of the other loopback, where whoever signs for that address comes by. */
  ownPort?: number,
): Promise<FlakyWay> {
  const {hostname, port} = new URL(target);
  const server = createServer(async (incoming, outgoing) => {
    const {method, url: path, headers, socket} = incoming;
    const body = await bytesOf(incoming).catch(() => undefined);
    if (body === undefined) return;
    const fault = faultOf({call: callOf(method!, path!, headers, body), attempt: attemptOf(headers)});
    // Not the message, which was read to its end and closes nothing any more: whoever asked would wait for ever.
    const hangUp = () => void socket.destroy();
    if (fault === 'not heard') return hangUp();
    if (fault === 'ill') return void outgoing.writeHead(503).end();
    if (fault === 'throttled') return throttle(headers, outgoing);
    const onward = request({hostname, port, method, path, headers}, async answer => {
      const answered = await bytesOf(answer).catch(() => undefined);
      if (answered === undefined || fault === 'answer lost') return hangUp();
      const {'transfer-encoding': _, ...sent} = answer.headers;
      outgoing.writeHead(answer.statusCode!, {...sent, 'content-length': answered.length});
      if (fault !== 'answer cut short') return void outgoing.end(answered);
      outgoing.flushHeaders();
      outgoing.write(answered.subarray(0, answered.length / 2), hangUp);
    });
    onward.on('error', hangUp);
    onward.end(body);
  });
  await new Promise<void>(resolve =>
    ownPort === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(ownPort, '::1', resolve),
  );
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Query protocol, REST: each with its own way to name what is asked. */
function callOf(method: string, path: string, {host: _, ...headers}: IncomingHttpHeaders, body: Buffer): string {
  const [, action] = /(?:^|&)Action=(\w+)/.exec(body.subarray(0, 500).toString('latin1')) ?? [];
  return action ?? String(headers['x-amz-target'] ?? `${method} ${path.split('?')[0]}`);
}

/** `attempt=2; max=8` */
function attemptOf(headers: IncomingHttpHeaders): number {
  return Number(/attempt=(\d+)/.exec(String(headers['amz-sdk-request']))?.[1] ?? 1);
}

/** As the service says it. */
function throttle(headers: IncomingHttpHeaders, outgoing: ServerResponse): void {
  const [, service] = /\/([\w-]+)\/aws4_request/.exec(String(headers.authorization)) ?? [];
  if (service === 'lambda')
    return void outgoing
      .writeHead(429, {'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException'})
      .end('{"Type":"User","message":"Rate exceeded"}');
  const error = '<Code>Throttling</Code><Message>Rate exceeded</Message>';
  const body =
    service === 's3'
      ? `<Error>${error.replace('Throttling', 'SlowDown')}</Error>`
      : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`;
  outgoing.writeHead(service === 's3' ? 503 : 400, {'content-type': 'text/xml'}).end(body);
}
