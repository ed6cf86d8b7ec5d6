import {SourceMap} from 'node:module';
import type {Position} from './syntax-tree.ts';

interface PlainJavascript {
  readonly code: string;
  /** Where its author wrote what stands at a place of it. */
  originalPosition(position: Position): Position;
}

/** TypeScript and JSX without what JavaScript does not have. Throws SyntaxError. */
export async function plainJavascript(file: string, text: string): Promise<PlainJavascript> {
  if (/\.[cm]?js$/.test(file)) return {code: text, originalPosition: position => position};
  if (!isReasonable(text)) throw new SyntaxError('nested beyond all reason');
  const {transform} = await import('esbuild');
  const {code, map} = await transform(text, {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    target: 'esnext',
    sourcemap: true,
    logLevel: 'silent',
  }).catch(({message}: Error) => {
    throw new SyntaxError(message);
  });
  const sources = new SourceMap(JSON.parse(map));
  return {
    code,
    originalPosition({line, column}) {
      const entry = sources.findEntry(line - 1, column - 1);
      return 'originalLine' in entry
        ? {line: entry.originalLine + 1, column: entry.originalColumn + 1}
        : {line: 1, column: 1};
    },
  };
}

/** What nests too deep ends esbuild's process, which then never answers. Nobody writes such a file by hand. */
function isReasonable(text: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[([{}\])]/g)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return text.length <= 200_000 && deepest < 500;
}
