import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** What the runtime of one environment told the Runtime API. */
export interface RuntimeListener {
  /** Ready for the next invocation; `deliver` answers, once. */
  next(deliver: (invocation: Delivery) => void): void;
  response(requestId: string, payload: Buffer): void;
  error(requestId: string | undefined, error: Buffer): void;
}

export interface Delivery {
  readonly requestId: string;
  readonly deadline: number;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  readonly clientContext?: string;
  readonly payload: Uint8Array;
}

export interface RuntimeApi {
  /** `127.0.0.1:41234`, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  close(): void;
}

const prefix = '/2018-06-01/runtime/';

/**
 * The Lambda Runtime API of one environment, on a port of its own, so that no environment can take another's work.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function openRuntimeApi(listener: RuntimeListener): Promise<RuntimeApi> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method === 'GET' && path === `${prefix}invocation/next`) {
      listener.next(delivery => deliver(response, delivery));
      return;
    }
    const [, requestId, outcome] = /^invocation\/([^/]+)\/(response|error)$/.exec(path.slice(prefix.length)) ?? [];
    const isInitError = path === `${prefix}init/error`;
    if (request.method !== 'POST' || !path.startsWith(prefix) || (requestId === undefined && !isInitError)) {
      response.writeHead(404).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      response.writeHead(202, {'content-type': 'application/json'}).end('{"status":"OK"}');
      if (outcome === 'response') listener.response(requestId!, body);
      else listener.error(requestId, body);
    });
  });
  // An environment may be frozen for a long time between two requests.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        close() {
          server.close();
          server.closeAllConnections();
        },
      }),
    );
  });
}

function deliver(response: ServerResponse, delivery: Delivery): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': delivery.requestId,
    'lambda-runtime-deadline-ms': String(delivery.deadline),
    'lambda-runtime-invoked-function-arn': delivery.invokedFunctionArn,
    'lambda-runtime-trace-id': delivery.traceId,
    ...(delivery.clientContext !== undefined && {'lambda-runtime-client-context': delivery.clientContext}),
  });
  response.end(delivery.payload);
}
