import {Unavailable} from '../../lib/failure.ts';

export interface CircuitBreaker {
  call<T>(requestId: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Stops asking a system that is down. It opens when so many different requests in a row found the system unavailable
 * (one request that fails again and again is that request's fault, and must not stop the others); after a while one
 * request is let through, and its end decides. One breaker per execution environment: there is nothing to share.
 */
export function circuitBreaker(
  {failures, openMilliseconds}: {readonly failures: number; readonly openMilliseconds: number},
  now: () => number = Date.now,
): CircuitBreaker {
  const failed = new Set<string>();
  let openUntil = 0;

  return {
    async call(requestId, work) {
      if (now() < openUntil) throw new Unavailable('The circuit is open: the legacy system was unavailable just now');
      const probes = failed.size >= failures;
      // Others wait until the one that is let through has come back.
      if (probes) openUntil = now() + openMilliseconds;
      try {
        const result = await work();
        failed.clear();
        openUntil = 0;
        return result;
      } catch (error) {
        if (error instanceof Unavailable) {
          failed.add(requestId);
          if (failed.size >= failures) openUntil = now() + openMilliseconds;
        } else if (probes) {
          failed.clear();
          openUntil = 0;
        }
        throw error;
      }
    },
  };
}
