import {enableCompileCache} from 'node:module';
import {GearError} from '../errors.ts';
import type {RunOptions} from './daemon.ts';
import {failureLine} from './daemon-failure.ts';

/** The process that `gear local start` leaves behind; its only argument is the options as JSON. */
const log = (line: string) => process.stdout.write(`${new Date().toISOString()} ${line}\n`);

// What it keeps is for its owner: objects, messages, keys.
process.umask(0o077);

// A bug in one corner does not take the other functions down; what was acknowledged is on disk in any case.
process.on('uncaughtException', error => log(`a bug in gear local: ${error.stack}`));

// The cache serves only what is loaded after it: some hundred modules, a quarter of the start.
enableCompileCache();
try {
  const {runDaemon} = await import('./daemon.ts');
  await runDaemon({...(JSON.parse(process.argv[2]!) as Omit<RunOptions, 'log'>), log});
} catch (error) {
  process.stdout.write(error instanceof GearError ? failureLine(error) : `${(error as Error).stack}\n`);
  process.exitCode = error instanceof GearError ? error.exit : 70;
}
