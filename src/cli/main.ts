import {fileURLToPath} from 'node:url';
import {Config, flush, run, settings} from '@oclif/core';
import {exitCodes} from '../errors.ts';
import {printable} from '../terminal/printable.ts';
import {describeError} from './describe-error.ts';
import {fitted} from './fitted.ts';
import {outputClosed} from './interrupt.ts';

/** The command line. Not awaited by its caller: a closed pipe would leave a top-level await unsettled (exit 13). */
export async function main(): Promise<void> {
  muteSqliteWarning();
  // With NODE_ENV=development oclif would look for the sources and a compiler, and complain that there are none.
  settings.enableAutoTranspile = false;
  // oclif’s own goes on after a pipe that is closed, and takes a closed terminal for a bug.
  process.stdout.removeAllListeners('error').on('error', leaveWhenClosed);
  process.stderr.on('error', goOnWhenClosed);
  process.on('uncaughtException', reportUncaught);
  const argv = process.argv.slice(2);
  try {
    if (argv[0] === '--version' && argv.includes('--verbose')) await showVersions();
    else await run(argv, here);
  } catch (error) {
    await report(error as Error, argv);
  }
  await flush();
}

const here = fileURLToPath(import.meta.url);

async function showVersions(): Promise<void> {
  const {catalogueIndex} = await import('../iam/catalogue-data.ts');
  const {userAgent} = await Config.load(here);
  process.stdout.write(`${userAgent}\nIAM actions and resources as of ${catalogueIndex().date}\n`);
}

/** What goes wrong before a command runs: an unknown command, a broken installation. */
async function report(error: Error & {oclif?: {exit?: number}; code?: string}, argv: readonly string[]): Promise<void> {
  if (error.code === 'EEXIT') {
    process.exitCode = error.oclif?.exit ?? 0;
    return;
  }
  const {text, exit, ...document} = describeError(await named(error, argv));
  if (argv.includes('--json')) process.stdout.write(printable(`${JSON.stringify({error: document}, null, 2)}\n`));
  else process.stderr.write(printable(`${fitted(text, process.stderr)}\n`));
  process.exitCode = exit;
}

/** oclif says `command local:frob not found`, which is nothing that anybody typed. */
async function named(error: Error, argv: readonly string[]): Promise<Error> {
  if (!/^command \S+ not found\.?$/i.test(error.message)) return error;
  const {unknownCommand} = await import('./usage-error.ts');
  const firstFlag = argv.findIndex(word => word.startsWith('-'));
  const words = (firstFlag < 0 ? argv : argv.slice(0, firstFlag)).filter(word => word !== 'help');
  const {commandIDs} = await Config.load(here);
  return unknownCommand(
    words.length === 0 ? argv : words,
    commandIDs.map(id => id.replaceAll(':', ' ')),
  );
}

/**
 * `gear ... | head` closes the pipe early, and that is no error: what changes something puts things in order first.
 * A terminal that is closed is no longer there to be written to either.
 */
function leaveWhenClosed(error: NodeJS.ErrnoException): void {
  if (!isClosed(error)) throw error;
  if (!outputClosed()) process.exit();
}

/** Nothing hangs on progress that nobody reads. */
function goOnWhenClosed(error: NodeJS.ErrnoException): void {
  if (!isClosed(error)) throw error;
  outputClosed();
}

function isClosed({code}: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EIO';
}

/** A bug, and no finding, which is what Node would exit with. */
function reportUncaught(error: NodeJS.ErrnoException): void {
  // What a question wants of a terminal that is closed.
  if (error.syscall === 'setRawMode') {
    if (!outputClosed()) process.exit(process.exitCode ?? exitCodes.interrupted);
    return;
  }
  const {text, exit} = describeError(error);
  process.stderr.write(printable(`${text}\n`));
  process.exit(exit);
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
