import {byteSize} from '../model/byte-size.ts';
import {type PackagedFile, type PackagePart, unzippedBytes} from '../model/deployment-package.ts';

/** The ten largest packages of a deployment package with their unzipped sizes, the largest first. */
export function largestParts(files: readonly PackagedFile[]): readonly string[] {
  return packageParts(files)
    .slice(0, 10)
    .map(({name, bytes}) => `${name} ${byteSize(bytes)}`);
}

/** All of them. */
export function packageParts(files: readonly PackagedFile[]): readonly PackagePart[] {
  return [...Map.groupBy(files, ({path}) => partOf(path))]
    .map(([name, of]) => ({name, bytes: unzippedBytes(of)}))
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}

/** The innermost package of node_modules, a jar, a top-level package of Python, in a layer too, or a file of its own. */
function partOf(path: string): string {
  const node = /^.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (node !== undefined) return node;
  if (path.endsWith('.jar')) return path.slice(path.lastIndexOf('/') + 1);
  const [first, ...rest] = path.replace(/^python\/(lib\/python[\d.]+\/site-packages\/)?/, '').split('/');
  return rest.length === 0 ? path : first!;
}
