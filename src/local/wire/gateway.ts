import {randomUUID} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {pipeline} from 'node:stream/promises';
import {GearError} from '../../errors.ts';
import type {AnswerApi} from '../http-api.ts';
import {ServiceError} from '../service-error.ts';
import {readApiRequest} from './api-request.ts';
import {answerControl, type Control, isControl} from './control.ts';
import {checkSender} from './host.ts';
import type {WireAnswer} from './protocols/protocol.ts';
import {readTarget, type WireRequest} from './request.ts';
import {requestServer, type ServeOptions} from './serve-request.ts';

export interface GatewayOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Asked for with the first request, which cannot come before `listen` has answered. */
  readonly control: Control;
  /** Told of every request of a client; not of gear's own. */
  onRequest?(): void;
  onBug(error: unknown): void;
}

export interface Gateway {
  readonly port: number;
  readonly endpoint: string;
  /** From here on requests are answered; until then they wait. */
  serve(options: Omit<ServeOptions, 'onBug'> & {readonly answerApi: AnswerApi}): void;
  /** Ends long polls, lets answers that have begun finish, then closes. */
  close(): Promise<void>;
}

interface Answering {
  readonly answerRequest: ReturnType<typeof requestServer>;
  readonly answerApi: AnswerApi;
}

/** One HTTP server on the loopback interface for all services. */
export async function startGateway({port, control, onRequest, onBug}: GatewayOptions): Promise<Gateway> {
  const active = new Set<AbortController>();
  let begin: (answering: Answering) => void = () => {};
  const ready = new Promise<Answering>(resolve => {
    begin = resolve;
  });
  let answering: Answering | undefined;

  const handle = async (message: IncomingMessage, response: ServerResponse) => {
    const request: WireRequest = {
      id: randomUUID(),
      method: message.method ?? 'GET',
      ...readTarget(message.url ?? '/'),
      headers: message.headers,
      message,
    };
    const abort = new AbortController();
    active.add(abort);
    response.once('close', () => {
      active.delete(abort);
      if (!response.writableFinished) abort.abort();
    });
    try {
      const apiRequest = readApiRequest(request, gateway.port);
      if (apiRequest !== undefined) {
        onRequest?.();
        answering ??= await ready;
        const {status, headers, body} = await answering.answerApi(apiRequest);
        response.writeHead(status, {
          ...headers,
          ...(status === 204 ? {} : {'content-length': Buffer.byteLength(body)}),
        });
        response.end(body);
        return;
      }
      checkSender(request, gateway.port);
      if (isControl(request)) return await send(response, request, await answerControl(request, control));
      onRequest?.();
      answering ??= await ready;
      await send(response, request, await answering.answerRequest(request, abort.signal));
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (error instanceof ServiceError)
        await send(response, request, {
          status: error.status,
          headers: {'content-type': 'text/plain'},
          body: error.message,
        });
      else throw error;
    }
  };

  const server = createServer({keepAliveTimeout: 65_000, requestTimeout: 0, noDelay: true}, (message, response) => {
    handle(message, response).catch(error => {
      onBug(error);
      response.destroy();
    });
  });
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const gateway: Gateway = {
    port: bound,
    endpoint: `http://127.0.0.1:${bound}`,
    serve: ({answerApi, ...options}) => begin({answerApi, answerRequest: requestServer({...options, onBug})}),
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const abort of active) abort.abort();
      // A connection is idle only a moment after its last answer.
      const sweep = setInterval(() => server.closeIdleConnections(), 5);
      // An answer that takes longer than this belongs to a client that has stopped reading.
      const force = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearInterval(sweep);
      clearTimeout(force);
    },
  };
  return gateway;
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new GearError(
          cause.code === 'EADDRINUSE'
            ? `Port ${port} on 127.0.0.1 is in use by another program`
            : `gear local cannot listen on 127.0.0.1:${port}: ${cause.message}`,
          {code: 'PORT_NOT_AVAILABLE', suggestions: ['--port 0 to take any free port'], cause},
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function send(response: ServerResponse, request: WireRequest, answer: WireAnswer): Promise<void> {
  const {body} = answer;
  const headers: Record<string, string | number> = {
    ...answer.headers,
    'x-amzn-requestid': request.id,
    'x-amz-request-id': request.id,
  };
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    // HEAD keeps the length that the operation gave it.
    if (body !== undefined && answer.status !== 204) headers['content-length'] = Buffer.byteLength(body);
    else if (request.method !== 'HEAD' && answer.status !== 204 && answer.status !== 304) headers['content-length'] = 0;
    response.writeHead(answer.status, headers);
    response.end(body);
    return;
  }
  response.writeHead(answer.status, headers);
  await pipeline(body, response);
}
