import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {AccountSize} from './account-size.ts';
import {answerOf} from './answers.ts';
import {arrivals} from './arrivals.ts';
import {sentAt} from './leaping-pace.ts';
import {type FakeCall, readCall} from './read-call.ts';

export interface FakeAws {
  readonly endpoint: string;
  /** How often each operation was asked for, throttled calls included: `lambda.ListFunctions`. */
  counts(region?: string): Readonly<Record<string, number>>;
  /** How many calls were told that there were too many. */
  throttled(): number;
  /** The most calls of a family within a second: `GetPolicy`, `GetFunction` or `lambda`. */
  most(family: string): number;
  /** Forgets what it counted. */
  reset(): void;
  close(): Promise<void>;
}

/** Anything else than an answer: an error by its code and status, or a connection that is cut. */
export type Failure = {readonly code: string; readonly status: number} | 'hang up';

export interface FakeAwsOptions {
  readonly size: AccountSize;
  readonly regions?: readonly string[];
  /** Whether the limits of Lambda hold, by the time at which a call says that it was sent. */
  readonly limits?: boolean;
  /** Told how often the operation was asked for by now. */
  readonly fail?: (call: FakeCall, count: number) => Failure | undefined;
}

/**
 * An account of AWS as large as one likes, on loopback, for real clients: it pages, throttles and fails as AWS does, and
 * counts what it is asked.
 */
export async function startFakeAws({
  size,
  regions = ['eu-central-1'],
  limits = false,
  fail,
}: FakeAwsOptions): Promise<FakeAws> {
  let calls: FakeCall[] = [];
  let times = arrivals();
  let refused = 0;
  const seen = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = readCall(request, Buffer.concat(chunks).toString());
    calls.push(call);
    const before = seen.get(call.operation) ?? 0;
    seen.set(call.operation, before + 1);
    const failure = fail?.(call, before + 1);
    if (failure === 'hang up') return void request.socket.destroy();
    if (failure !== undefined) return sendError(response, call, failure);
    if (limits && call.service === 'lambda' && times.tooMany(call, Number(request.headers[sentAt]))) {
      refused += 1;
      return sendError(response, call, {code: 'TooManyRequestsException', status: 429});
    }
    const answer = answerOf(call, size, regions);
    if (answer === undefined) return sendError(response, call, {code: 'ResourceNotFoundException', status: 404});
    send(response, 200, answer);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts(region) {
      const counted: Record<string, number> = {};
      for (const call of calls)
        if (region === undefined || call.region === region) {
          const name = `${call.service}.${call.operation}`;
          counted[name] = (counted[name] ?? 0) + 1;
        }
      return counted;
    },
    throttled: () => refused,
    most: family => times.most(family),
    reset() {
      calls = [];
      times = arrivals();
      refused = 0;
      seen.clear();
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendError(response: ServerResponse, {protocol}: FakeCall, {code, status}: Exclude<Failure, 'hang up'>): void {
  const message = code === 'TooManyRequestsException' ? 'Rate exceeded' : `${code} by the fake AWS`;
  response.setHeader('x-amzn-errortype', code);
  send(
    response,
    status,
    protocol === 'query'
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
      : {__type: code, message},
  );
}

function send(response: ServerResponse, status: number, answer: object | string): void {
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
  response.writeHead(status, {'content-type': typeof answer === 'string' ? 'text/xml' : 'application/json'});
  response.end(body);
}
