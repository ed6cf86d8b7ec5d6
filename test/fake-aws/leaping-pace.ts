import {setImmediate} from 'node:timers/promises';
import type {Pace} from '../../src/aws/call-rate.ts';
import type {AwsClients} from '../../src/aws/clients.ts';
import {eachClient, type Middleware} from '../../src/aws/each-client.ts';

/** A time that passes only by sleeping, and then at once. */
export function leapingPace(): Pace {
  let time = 0;
  return {
    now: () => time,
    async sleep(milliseconds) {
      const until = time + milliseconds;
      await setImmediate();
      time = Math.max(time, until);
    },
  };
}

/** The same clients, of which every attempt says when it was sent: until it arrives the time has leapt. */
export function stamped(clients: AwsClients, pace: Pace): AwsClients {
  const stamp: Middleware = next => async args => {
    const {headers} = (args as {input: object; request: {headers: Record<string, string>}}).request;
    headers[sentAt] = String(pace.now());
    return next(args);
  };
  return eachClient(clients, client =>
    client.middlewareStack.addRelativeTo(stamp, {relation: 'after', toMiddleware: 'callRate'}),
  );
}

export const sentAt = 'x-sent-at';
