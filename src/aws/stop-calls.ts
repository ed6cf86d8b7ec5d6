import {exitCodes, GearError} from '../errors.ts';
import type {AwsClients} from './clients.ts';
import {watchCalls} from './watch-calls.ts';

/** The same clients, which ask nothing more once the signal is aborted; they only end what they have begun. */
export function stopCalls(clients: AwsClients, signal: AbortSignal): AwsClients {
  return watchCalls(clients, async ({operation}, send) => {
    if (signal.aborted && operation !== 'StopQuery')
      throw new GearError('Interrupted', {code: 'INTERRUPTED', exit: exitCodes.interrupted});
    return send();
  });
}
