export interface HandlerPaths {
  /** What the file exports. */
  readonly name: string;
  /** Where the file may be in the package, the likeliest first; none in a language that gear does not read. */
  readonly paths: readonly string[];
}

/** `orders/app.handler` of a runtime is one of orders/app.js, orders/app.mjs and so on. */
export function handlerPaths(handler: string, runtime: string): HandlerPaths {
  const dot = handler.lastIndexOf('.');
  const module = handler.slice(0, Math.max(dot, 0));
  return {
    name: handler.slice(dot + 1),
    paths: handlerEndings(runtime).map(ending => `${ending === '.py' ? module.replaceAll('.', '/') : module}${ending}`),
  };
}

/** Those of every language where the runtime is not known. */
export function handlerEndings(runtime: string): readonly string[] {
  if (runtime === '') return everyEnding;
  return runtime.startsWith('python') ? python : runtime.startsWith('nodejs') ? javascript : [];
}

/** As Lambda's runtime looks for them, and then what they are made of. */
const javascript = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx'];
const python = ['.py'];
export const everyEnding = [...python, ...javascript];
