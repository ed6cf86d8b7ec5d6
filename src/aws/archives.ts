type Handler = (args: {input: object}) => Promise<{output: object; response: unknown}>;
type Middleware = (next: Handler, context: {clientName?: string; commandName?: string}) => Handler;

interface AskedArchive {
  readonly Location: string;
  /** Of a function whose handler is to be looked at as well. */
  readonly Handler?: string;
  readonly Runtime?: string;
}

/**
 * Reads the directories of archives. It stands among the clients of AWS, so that what is read is watched, saved and
 * answered again as their calls are.
 */
export interface Archives {
  readonly middlewareStack: {add(middleware: Middleware): void};
  readDirectory<T extends object>(asked: AskedArchive, read: () => Promise<T>): Promise<T>;
}

export function archives(): Archives {
  const added: Middleware[] = [];
  return {
    middlewareStack: {add: middleware => void added.push(middleware)},
    async readDirectory<T extends object>(asked: AskedArchive, read: () => Promise<T>) {
      const send: Handler = async () => ({output: await read(), response: undefined});
      const context = {clientName: 'ArchivesClient', commandName: 'ReadDirectoryCommand'};
      // Who was added first comes first, as with the SDK's own.
      const handler = added.reduceRight((next, middleware) => middleware(next, context), send);
      // What answers in its place answers what it was given once.
      return (await handler({input: asked})).output as T;
    },
  };
}
