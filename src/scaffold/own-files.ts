import {readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {compareService} from './compare-service.ts';
import {functionFiles} from './function-files.ts';
import {languageOfEntry} from './function-language.ts';
import type {ChangedFile} from './service-change.ts';
import type {Resource} from './template-resources.ts';
import {triggers} from './triggers.ts';

/** The files that gear wrote go when nobody has worked on them, or with `force`; any other file stays. */
export async function ownFiles(
  folder: string,
  name: string,
  {Metadata}: Resource,
  force: boolean,
): Promise<{readonly gone: readonly ChangedFile[]; readonly notes: readonly string[]}> {
  const {Trigger, Entry} = Metadata?.Gear ?? {};
  if (!triggers.some(trigger => trigger.name === Trigger))
    return {
      gone: [],
      notes: Entry === undefined ? [] : [`${Entry} and its tests stay: gear did not write them by itself.`],
    };
  const compared = await compareService(folder, await functionFiles(name, Trigger!, languageOfEntry(Entry)));
  const present = compared.filter(({status}) => status !== 'new');
  const own = present.filter(({shared}) => !shared);
  const kept = force ? [] : own.filter(({status}) => status === 'differs').map(({path}) => path);
  const going = own.filter(({path}) => !kept.includes(path)).map(({path}) => path);
  for (const {path} of present.filter(({shared, status}) => shared && status === 'unchanged'))
    if (await isAlone(folder, path, going)) going.push(path);
  const gone = await Promise.all(going.map(async path => ({path, before: await readFile(join(folder, path), 'utf8')})));
  const notes = kept.map(path => `${path} stays: it has changed since it was written. --force deletes it.`);
  return {gone, notes};
}

/** Whether nothing else stands in the file's folder once some files are gone; what Python compiled counts as nothing. */
async function isAlone(folder: string, path: string, going: readonly string[]): Promise<boolean> {
  const names = await readdir(join(folder, dirname(path)));
  return names
    .map(name => `${dirname(path)}/${name}`)
    .every(other => other === path || other.endsWith('/__pycache__') || going.includes(other));
}
