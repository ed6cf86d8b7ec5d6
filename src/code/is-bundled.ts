/**
 * Whether a bundler has written a file, and put packages or short names into it: what is imported from where, and so what
 * the handler makes of it, cannot be told any more.
 */
export function isBundled(file: string, text: string): boolean {
  if (!/\.[cm]?js$/.test(file)) return false;
  if (/__webpack_require__|__webpack_modules__|^\/\/ (\S*\/)?node_modules\/\S+$/m.test(text)) return true;
  const lines = text.split('\n').length;
  return text.length / lines > minified;
}

/** Characters of a line on average; people write forty. */
const minified = 300;
