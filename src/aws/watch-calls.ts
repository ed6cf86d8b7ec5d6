import type {AwsClients} from './clients.ts';

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

/** The same clients, of which every call goes through `watch`. */
export function watchCalls(clients: AwsClients, watch: Watch): AwsClients {
  const watched = new WeakSet<object>();
  return new Proxy(clients, {
    get(target, name) {
      const make = Reflect.get(target, name);
      if (typeof make !== 'function') return make;
      return async () => {
        const client = (await make()) as WithMiddleware;
        if (!watched.has(client)) client.middlewareStack.add(middleware(watch), {step: 'initialize', priority: 'high'});
        watched.add(client);
        return client;
      };
    },
  });
}

/** What all clients have in common; their own types differ in every input and output. */
interface WithMiddleware {
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: Context) => Handler,
      options: {step: 'initialize'; priority: 'high'},
    ): void;
  };
}

interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
  readonly __smithy_context?: {readonly commandInstance?: {readonly schema?: unknown}};
}

type Handler = (args: {input: object}) => Promise<{output: object; response: unknown}>;

function middleware(watch: Watch) {
  return (next: Handler, {clientName = '', commandName = '', __smithy_context: own}: Context): Handler =>
    async args => {
      let response: unknown;
      const call = {
        service: clientName.replace(/Client$/, ''),
        operation: commandName.replace(/Command$/, ''),
        input: args.input,
      };
      const send = async () => {
        const answer = await next(args);
        response = answer.response;
        return answer.output;
      };
      const output = await watch(call, send, own?.commandInstance?.schema);
      return {output, response};
    };
}
