import {exitCodes, GearError} from '../errors.ts';
import type {AwsClients} from './clients.ts';
import {watchCalls} from './watch-calls.ts';

/** The same clients, which ask nothing more once the signal is aborted. */
export function stopCalls(clients: AwsClients, signal: AbortSignal): AwsClients {
  return watchCalls(clients, async (_, send) => {
    if (signal.aborted) throw new GearError('Interrupted', {code: 'INTERRUPTED', exit: exitCodes.interrupted});
    return send();
  });
}
