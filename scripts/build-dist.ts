// src/ as few files in dist/: a start reads some chunks instead of hundreds of modules.
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, type Plugin, transform} from 'esbuild';
import {lightHttp} from '../src/bundle/light-http.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
const target = join(root, 'dist');

/** What is loaded by its path, and so must stay a file of its own: the same list that knip starts from. */
const {entry} = JSON.parse(await readFile(join(root, 'knip.json'), 'utf8')) as {entry: string[]};

/**
 * `import.meta.url` goes on to mean the file that it is written in, wherever its code ends up: what lies beside a
 * file of src/, or above it, is found from dist/ by the same relative path.
 */
const ownUrls: Plugin = {
  name: 'own-urls',
  setup({onLoad}) {
    onLoad({filter: /[\\/]src[\\/].*\.ts$/}, async ({path}) => {
      const contents = await readFile(path, 'utf8');
      if (!contents.includes('import.meta.url')) return {contents, loader: 'ts'};
      const own = relative(source, path).replaceAll('\\', '/').replace(/\.ts$/, '.js');
      const {code} = await transform(contents, {
        loader: 'ts',
        define: {'import.meta.url': 'gearOwnUrl'},
        banner: `const gearOwnUrl = new URL(${JSON.stringify(own)}, gearDist).href;`,
      });
      return {contents: code, loader: 'js'};
    });
  },
};

/** dynalite's databases, one of them a native module: gear keeps the items itself and only borrows what is above. */
const noDatabases: Plugin = {
  name: 'no-databases',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^(level|memory-level)$/}, ({path}) => ({path, namespace: 'no-databases'}));
    onLoad({filter: /./, namespace: 'no-databases'}, () => ({contents: 'module.exports = {};'}));
  },
};

const {outputFiles, metafile} = await build({
  absWorkingDir: root,
  entryPoints: entry.filter(path => path.startsWith('src/')),
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  // CommonJS builds of the AWS clients would hide their exports from `await import()`.
  mainFields: ['module', 'main'],
  // Names stay: they stand in the stack of a bug report.
  minifyWhitespace: true,
  minifySyntax: true,
  external: ['esbuild', 'node:*'],
  plugins: [ownUrls, noDatabases, lightHttp],
  metafile: true,
  write: false,
  legalComments: 'none',
  logLevel: 'warning',
});

for (const {path, text} of outputFiles) {
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, preamble(path, text) + text);
}
await writeFile(join(target, 'THIRD-PARTY-LICENSES.txt'), await licenses(Object.keys(metafile.inputs)));

/** What the code of an output file expects around it. */
function preamble(path: string, text: string): string {
  const up = relative(dirname(path), target).replaceAll('\\', '/') || '.';
  return [
    text.includes('gearDist') ? `const gearDist=new URL('${up}/',import.meta.url);` : '',
    // CommonJS packages call require for Node's own modules; this is esbuild's sentence when there is none.
    text.includes('Dynamic require of')
      ? "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"
      : '',
  ].join('');
}

/** Of every package that has become part of an output file. */
async function licenses(inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  // Many packages share one text.
  const packages = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const {name, version, license} = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find(entry => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : (await readFile(join(root, folder, file), 'utf8')).trim();
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const sections = [...packages].map(([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text}\n`);
  return sections.join(`\n${'-'.repeat(80)}\n\n`);
}
