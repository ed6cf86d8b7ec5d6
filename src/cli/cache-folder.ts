import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

/** What gear may forget. https://specifications.freedesktop.org/basedir-spec/latest/ */
export function cacheFolder({XDG_CACHE_HOME: given = ''}: NodeJS.ProcessEnv = process.env): string {
  return join(isAbsolute(given) ? given : join(homedir(), '.cache'), 'gear');
}
