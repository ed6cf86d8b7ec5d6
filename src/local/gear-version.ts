import {readFileSync} from 'node:fs';

/** Of this gear; a cloud that another one started may be of another. */
export function gearVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as {version: string}).version;
}
