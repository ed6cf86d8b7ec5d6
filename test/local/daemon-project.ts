import {mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach} from 'vitest';
import {type LocalConnection, stopLocalCloud} from '../../src/local/connection.ts';

/** The folder of the test's project; its daemon, if it has one, ends with the test. */
export let project: string;
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'gear-project-')));
});
afterEach(async () => {
  await stopLocalCloud(project);
  rmSync(project, {recursive: true, force: true});
});

/** What a client takes to talk to the daemon, without trying again. */
export function clientSettings({endpoint, region, accessKeyId, secretAccessKey}: LocalConnection) {
  return {endpoint, region, credentials: {accessKeyId, secretAccessKey}, maxAttempts: 1};
}
