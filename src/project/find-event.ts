import {existsSync} from 'node:fs';
import {join} from 'node:path';

/** The event that a service keeps for one of its functions: `events/ingest.json` for IngestFunction or `ingest`. */
export function findEvent(folder: string, names: readonly string[]): string | undefined {
  return names
    .flatMap(name => [name, kebab(name), kebab(name).replace(/-function$/, '')])
    .map(name => join(folder, 'events', `${name}.json`))
    .find(path => existsSync(path));
}

function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}
