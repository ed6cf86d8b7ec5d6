import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

/** What gear may forget. https://specifications.freedesktop.org/basedir-spec/latest/ */
export function cacheFolder(): string {
  const {XDG_CACHE_HOME: given = ''} = process.env;
  return join(isAbsolute(given) ? given : join(homedir(), '.cache'), 'gear');
}
