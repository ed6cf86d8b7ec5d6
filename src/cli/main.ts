import {fileURLToPath} from 'node:url';
import {flush, run, settings} from '@oclif/core';
import {describeError} from './describe-error.ts';

/** The command line. Not awaited by its caller: a closed pipe would leave a top-level await unsettled (exit 13). */
export async function main(): Promise<void> {
  muteSqliteWarning();
  // With NODE_ENV=development oclif would look for the sources and a compiler, and complain that there are none.
  settings.enableAutoTranspile = false;
  process.stdout.on('error', leaveOnClosedPipe);
  try {
    await run(process.argv.slice(2), fileURLToPath(import.meta.url));
  } catch (error) {
    report(error as Error);
  }
  await flush();
}

/** What goes wrong before a command runs: an unknown command, a broken installation. */
function report(error: Error & {oclif?: {exit?: number}; code?: string}): void {
  if (error.code === 'EEXIT') {
    process.exitCode = error.oclif?.exit ?? 0;
    return;
  }
  const described = describeError(error);
  if (described === undefined) return;
  const {text, exit, ...document} = described;
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({error: document}, null, 2)}\n`);
  else process.stderr.write(`${text}\n`);
  process.exitCode = exit;
}

/** `gear ... | head` closes the pipe early, and that is no error. */
function leaveOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

/** node:sqlite says on every start that it may change; which Node gear runs on is gear's business, not the user's. */
function muteSqliteWarning(): void {
  const [original] = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', warning => {
    if (warning.name === 'ExperimentalWarning' && warning.message.includes('SQLite')) return;
    original?.(warning);
  });
}
