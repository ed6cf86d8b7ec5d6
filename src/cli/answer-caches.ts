import {join} from 'node:path';
import {type AnswerCache, openAnswerCache} from '../inventory/account/answer-cache.ts';
import {openPackageCache} from '../inventory/account/package-cache.ts';
import {gearVersion} from '../local/gear-version.ts';
import {cacheFolder} from './cache-folder.ts';

/** A file for each account and region, in the user's own cache, and one for each package whoever has it. */
export function answerCaches() {
  const caches = new Map<string, AnswerCache>();
  const packages = openPackageCache(join(cacheFolder(), 'packages'), Date.now, gearVersion());
  return {
    packages,
    of({account, region}: {readonly account: string; readonly region: string}): AnswerCache {
      const file = join(cacheFolder(), 'accounts', `${account}-${region}.json`);
      const cache = caches.get(file) ?? openAnswerCache(file, Date.now);
      caches.set(file, cache);
      return cache;
    },
    used: () => [...caches.values()].reduce((sum, cache) => sum + cache.used(), 0),
    kept: () => [...caches.values()].some(cache => cache.kept()),
    save() {
      for (const cache of caches.values()) cache.save();
    },
  };
}
