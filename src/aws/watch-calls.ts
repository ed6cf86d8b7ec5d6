import type {AwsClients} from './clients.ts';
import {eachClient, type Middleware, namesOf} from './each-client.ts';

/** A call as its client was asked for it, before anything is sent. */
export interface Call {
  /** `Lambda`. */
  readonly service: string;
  /** `ListFunctions`. */
  readonly operation: string;
  readonly input: object;
}

/** Answers a call, by sending it on or by itself; `schema` is the SDK's own of its operation. */
export type Watch = (call: Call, send: () => Promise<object>, schema: unknown) => Promise<object>;

/** The same clients, of which every call goes through `watch`; who watched before comes first. */
export function watchCalls(clients: AwsClients, watch: Watch): AwsClients {
  return eachClient(clients, client =>
    client.middlewareStack.add(middleware(watch), {step: 'initialize', priority: 'high'}),
  );
}

function middleware(watch: Watch): Middleware {
  return (next, context) => async args => {
    let response: unknown;
    const send = async () => {
      const answer = await next(args);
      response = answer.response;
      return answer.output;
    };
    const schema = context.__smithy_context?.commandInstance?.schema;
    const output = await watch({...namesOf(context), input: args.input}, send, schema);
    return {output, response};
  };
}
