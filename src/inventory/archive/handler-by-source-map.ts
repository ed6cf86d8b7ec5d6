import type {WorkPlace} from '../../code/handler-code.ts';
import {workInHandler} from '../../code/work-in-handler.ts';

/**
 * What the handler of a bundle does by the source that its source map carries: the one file of the author's own that
 * has such a handler. Undefined where the map carries none, or several.
 * https://tc39.es/ecma426/
 */
export async function handlerBySourceMap(
  map: string,
  name: string,
): Promise<{readonly path: string; readonly work: readonly WorkPlace[]} | undefined> {
  const found = [];
  for (const {path, text} of ownSources(map)) {
    const work = await workInHandler({file: path, text, name});
    if (work !== undefined) found.push({path, work});
  }
  return found.length === 1 ? found[0] : undefined;
}

function ownSources(map: string): readonly {readonly path: string; readonly text: string}[] {
  const {sources, sourcesContent} = parsed(map);
  if (!Array.isArray(sources) || !Array.isArray(sourcesContent)) return [];
  return sources.flatMap((source: unknown, index) => {
    const text: unknown = sourcesContent[index];
    if (typeof source !== 'string' || typeof text !== 'string' || source.includes('node_modules/')) return [];
    // `webpack://orders/./src/handler.ts`, `../../src/handler.ts`.
    return [{path: source.replace(/^\w+:\/\/[^/]*\//, '').replace(/^(\.{0,2}\/)+/, ''), text}];
  });
}

function parsed(map: string): {readonly sources?: unknown; readonly sourcesContent?: unknown} {
  try {
    return JSON.parse(map) ?? {};
  } catch {
    return {};
  }
}
