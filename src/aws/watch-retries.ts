import type {AwsClients} from './clients.ts';
import {eachClient, type Middleware, namesOf} from './each-client.ts';
import {type Trouble, troubleOf} from './trouble.ts';

/** A call that is made again, since AWS did not take or answer it before. */
export interface Retry {
  readonly type: 'retrying';
  /** As policies name it: `cloudformation:DescribeStacks`. */
  readonly call: string;
  /** Of the attempt before. */
  readonly trouble: Trouble;
  /** How often it was asked in vain since it was last answered, whoever asked. */
  readonly asked: number;
  /** Since the first of these attempts failed. */
  readonly milliseconds: number;
}

/**
 * The same clients; `tell` hears of every attempt that follows a failed one, when it is sent: whether there is another
 * one is not known before. Calls that gear makes again itself count with those that the SDK makes again.
 */
export function watchRetries(clients: AwsClients, tell: (retry: Retry) => void): AwsClients {
  const failing = new Map<string, Failing>();
  return eachClient(clients, client => {
    if (!('config' in client)) return;
    client.middlewareStack.addRelativeTo(watched(failing, tell), {
      name: 'gearRetries',
      relation: 'after',
      toMiddleware: 'retryMiddleware',
    });
  });
}

interface Failing {
  readonly trouble: Trouble;
  readonly asked: number;
  readonly since: number;
}

function watched(failing: Map<string, Failing>, tell: (retry: Retry) => void): Middleware {
  return (next, context) => async args => {
    const call = actionOf(namesOf(context));
    const before = failing.get(call);
    if (before !== undefined) {
      const {trouble, asked, since} = before;
      tell({type: 'retrying', call, trouble, asked, milliseconds: Math.round(performance.now() - since)});
    }
    try {
      const answer = await next(args);
      failing.delete(call);
      return answer;
    } catch (error) {
      const trouble = troubleOf(error);
      // A refusal is an answer, too.
      if (trouble === undefined) failing.delete(call);
      else {
        const {asked = 0, since = performance.now()} = failing.get(call) ?? {};
        failing.set(call, {trouble, asked: asked + 1, since});
      }
      throw error;
    }
  };
}

function actionOf({service, operation}: {service: string; operation: string}): string {
  return `${prefixes[service] ?? service.toLowerCase()}:${operation}`;
}

/** Where it is not the name of the client. */
const prefixes: Readonly<Record<string, string>> = {
  CloudWatchLogs: 'logs',
  EventBridge: 'events',
  ResourceGroupsTaggingAPI: 'tag',
};
