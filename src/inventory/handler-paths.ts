/**
 * Where the file of a handler may be in its package, the likeliest first: `orders/app.handler` of Node.js is one of
 * orders/app.js, orders/app.mjs and so on. None in a language that gear does not read.
 */
export function handlerPaths(handler: string, runtime: string): readonly string[] {
  return handlerEndings(runtime).map(ending => `${handlerPlace(handler, ending).module}${ending}`);
}

/**
 * Which part of a handler is its module, without an ending, and which the name in it. Python's modules have dots; in
 * Node.js the name begins at the first dot of the file's own name, so that `index.api.handler` is a member of the
 * export `api`.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/UserFunction.js
 */
export function handlerPlace(handler: string, file: string): {readonly module: string; readonly name: string} {
  const isPython = file.endsWith('.py');
  const dot = isPython ? handler.lastIndexOf('.') : handler.indexOf('.', handler.lastIndexOf('/') + 1);
  const module = handler.slice(0, Math.max(dot, 0));
  return {module: isPython ? module.replaceAll('.', '/') : module, name: handler.slice(dot + 1)};
}

/** Those of every language where the runtime is not known. */
export function handlerEndings(runtime: string): readonly string[] {
  if (runtime === '') return everyEnding;
  return runtime.startsWith('python') ? python : runtime.startsWith('nodejs') ? javascript : [];
}

/** As Lambda's runtime looks for them, and then what they are made of. */
const javascript = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx'];
const python = ['.py'];
const everyEnding = [...python, ...javascript];
