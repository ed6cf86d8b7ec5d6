import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

/** A folder with the given files in it. */
export function writeRepository(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'gear-repository-'));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {folder, write, remove: () => rmSync(folder, {recursive: true, force: true})};
}
