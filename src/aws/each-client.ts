/** The same clients; each goes through `prepare` once, when it is first asked for. */
export function eachClient<Clients extends object>(
  clients: Clients,
  prepare: (client: WithMiddleware) => void,
): Clients {
  const prepared = new WeakSet<object>();
  return new Proxy(clients, {
    get(target, name) {
      const make: unknown = Reflect.get(target, name);
      if (typeof make !== 'function') return make;
      return async () => {
        const client: WithMiddleware = await make();
        if (!prepared.has(client)) prepare(client);
        prepared.add(client);
        return client;
      };
    },
  });
}

/** What all clients have in common; their own types differ in every input and output. */
export interface WithMiddleware {
  readonly middlewareStack: {
    add(middleware: Middleware, options: {step: 'initialize'; priority: 'high'}): void;
    addRelativeTo(middleware: Middleware, options: {name?: string; relation: 'after'; toMiddleware: string}): void;
  };
  readonly config: {
    retryStrategy: () => Promise<unknown>;
    readonly maxAttempts: () => Promise<number>;
  };
}

export type Middleware = (next: Handler, context: Context) => Handler;

/** What the SDK says of the call to a middleware. */
interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
  readonly __smithy_context?: {readonly commandInstance?: {readonly schema?: unknown}};
}

export type Handler = (args: {input: object}) => Promise<{output: object; response: unknown}>;

/** `Lambda` and `ListFunctions`. */
export function namesOf({clientName = '', commandName = ''}: Context) {
  return {service: clientName.replace(/Client$/, ''), operation: commandName.replace(/Command$/, '')};
}
