import {type AwsClients, awsClients, type Connection} from '../../src/aws/clients.ts';
import {eachClient} from '../../src/aws/each-client.ts';
import type {FlakyWay} from './flaky-way.ts';

/**
 * Clients that go to the connection's endpoint by a flaky way, and try again as often as others do, without waiting in
 * between.
 */
export function hastyClients(connection: Connection, way: FlakyWay, attempts?: number): AwsClients {
  return eachClient(awsClients(connection), client => {
    if (!('config' in client)) return;
    const {maxAttempts: usual, requestHandler} = client.config as typeof client.config & {
      requestHandler: RequestHandler;
    };
    const handle = requestHandler.handle.bind(requestHandler);
    // What was signed for the endpoint stays so: the embedded AWS answers to its own name only.
    requestHandler.handle = (request, options) => {
      const {port} = request;
      request.port = way.port;
      return handle(request, options).finally(() => {
        request.port = port;
      });
    };
    client.config.retryStrategy = async () => ({
      acquireInitialRetryToken: async () => new Attempts(0),
      recordSuccess() {},
      async refreshRetryTokenForRetry({count}: Attempts, {errorType}: {errorType: string}) {
        if (errorType === 'CLIENT_ERROR' || count + 1 >= (attempts ?? (await usual())))
          throw new Error('No further attempt');
        return new Attempts(count + 1);
      },
    });
  });
}

interface RequestHandler {
  handle(request: {port?: number | undefined}, options: object): Promise<unknown>;
}

class Attempts {
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  getRetryCount(): number {
    return this.count;
  }

  getRetryDelay(): number {
    return 0;
  }
}
