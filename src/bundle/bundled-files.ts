import {resolve} from 'node:path';

/** Absolute paths of the sources and packages that a function of Node.js is bundled of; undefined when it cannot be bundled. */
export async function bundledFiles(
  folder: string,
  entry: string,
  fallbackModules: readonly string[],
): Promise<readonly string[] | undefined> {
  const {build} = await import('esbuild');
  try {
    const {metafile} = await build({
      absWorkingDir: folder,
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      nodePaths: [...fallbackModules],
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    return Object.keys(metafile.inputs).map(input => resolve(folder, input));
  } catch {
    return undefined;
  }
}
