import {readFileSync} from 'node:fs';
import {dirname, join, relative, sep} from 'node:path';

const lockFiles = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-state.yml',
];

/**
 * All that a bundle hangs on, as paths for `ContentHashes`: the files that were read, and what decided that it was
 * these. That is the names beside each source (a new one may come before another), the settings of TypeScript, the
 * manifests, the folders in which packages are looked for, and the lock files, in every folder up to the root.
 */
export function bundleProbes(folder: string, inputs: readonly string[]): readonly string[] {
  const probes = new Set<string>(inputs);
  const above = new Set<string>();
  for (const input of inputs) {
    const manifest = /^.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(input)?.[0];
    if (manifest !== undefined) {
      probes.add(`${manifest}package.json`);
      continue;
    }
    const own = dirname(join(folder, input));
    probes.add(folderPath(folder, own));
    for (let at = own; !above.has(at); at = dirname(at)) above.add(at);
  }
  for (const at of above) {
    probes.add(`${folderPath(folder, at)}node_modules/`);
    for (const name of ['package.json', ...lockFiles]) probes.add(folderPath(folder, at) + name);
    for (const name of ['tsconfig.json', 'jsconfig.json']) addSettings(probes, folder, folderPath(folder, at) + name);
  }
  return [...probes].sort();
}

/** Settings of TypeScript, and those that they extend; what is extended from a package is the lock file's. */
function addSettings(probes: Set<string>, folder: string, path: string): void {
  if (probes.has(path)) return;
  probes.add(path);
  let text: string;
  try {
    text = readFileSync(join(folder, path), 'utf8');
  } catch {
    return;
  }
  const extended = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(text)?.[1] ?? '';
  for (const [, target] of extended.matchAll(/"(\.[^"]*)"/g)) {
    const found = posix(relative(folder, join(folder, dirname(path), target!)));
    addSettings(probes, folder, found.endsWith('.json') ? found : `${found}.json`);
  }
}

/** As `ContentHashes` knows a folder by. */
function folderPath(folder: string, absolute: string): string {
  const path = posix(relative(folder, absolute));
  return path === '' ? './' : `${path}/`;
}

function posix(path: string): string {
  return path.split(sep).join('/');
}
