/** What a deployment package is made of: a package that somebody wrote, or what the service has itself. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
}

/** How much of a package comes from a file, or is one. */
export interface PartFile {
  readonly path: string;
  readonly bytes: number;
}

/** The parts of a bundle, the largest first: the packages that it has taken in, and each file of the service. */
export function bundleParts(files: readonly PartFile[]): readonly Part[] {
  return group(files, path => nodePackage(path) ?? path);
}

/** The parts of a folder, the largest first: packages of node_modules, and otherwise what lies directly in it. */
export function folderParts(files: readonly PartFile[]): readonly Part[] {
  return group(files, path => nodePackage(path) ?? path.split('/')[0]!);
}

function group(files: readonly PartFile[], nameOf: (path: string) => string): readonly Part[] {
  return [...Map.groupBy(files, ({path}) => nameOf(path))]
    .map(([name, of]) => ({name, bytes: of.reduce((sum, {bytes}) => sum + bytes, 0)}))
    .filter(({bytes}) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}

/** The innermost package of node_modules: what a user can leave out or replace. */
function nodePackage(path: string): string | undefined {
  return /^.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

export interface Growth extends Part {
  /** Bytes that it had before; 0 when it was not there. */
  readonly before: number;
}

/** What is larger than it was, the most grown first. */
export function grown(before: readonly Part[], now: readonly Part[]): readonly Growth[] {
  const sizes = new Map(before.map(({name, bytes}) => [name, bytes]));
  return now
    .map(part => ({...part, before: sizes.get(part.name) ?? 0}))
    .filter(part => part.bytes > part.before)
    .sort((a, b) => b.bytes - b.before - (a.bytes - a.before) || (a.name < b.name ? -1 : 1));
}
