import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** The versions that a bundle's bytes hang on, beside the code that is in it. */
export function madeWith(): string {
  const own = new URL('../../package.json', import.meta.url);
  const main = fileURLToPath(import.meta.resolve('esbuild'));
  const bundler = `${main.slice(0, main.lastIndexOf('/esbuild/'))}/esbuild/package.json`;
  return `gear ${versionIn(own)}, esbuild ${versionIn(bundler)}`;
}

function versionIn(file: string | URL): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as {version: string}).version;
}
