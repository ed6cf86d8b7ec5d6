import {mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type LocalConnection, stopLocalCloud} from '../../src/local/connection.ts';

/** The folder of the test's project. */
export let project: string;

/** For `beforeEach`: the project's daemon, if it has one, ends with the test. */
export function openProject(): () => Promise<void> {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'gear-project-')));
  return async () => {
    await stopLocalCloud(project);
    rmSync(project, {recursive: true, force: true});
  };
}

/** What a client takes to talk to the daemon, without trying again. */
export function clientSettings({endpoint, region, accessKeyId, secretAccessKey}: LocalConnection) {
  return {endpoint, region, credentials: {accessKeyId, secretAccessKey}, maxAttempts: 1};
}
