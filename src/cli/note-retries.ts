import type {AwsClients} from '../aws/clients.ts';
import {type Retry, watchRetries} from '../aws/watch-retries.ts';
import {retryLine} from '../report/retry.ts';

/**
 * The same clients. Where calls have to be made again, and that takes long, a line says why nothing moves; `also` gets
 * every attempt.
 */
export function noteRetries(
  clients: AwsClients,
  print: (line: string) => void,
  also: (retry: Retry) => void = () => {},
): AwsClients {
  let printed = Number.NEGATIVE_INFINITY;
  return watchRetries(clients, retry => {
    also(retry);
    const now = performance.now();
    if (retry.milliseconds < patience || now - printed < pause) return;
    printed = now;
    print(retryLine(retry));
  });
}

/** What is over sooner nobody has noticed. */
const patience = 2000;
const pause = 60_000;
