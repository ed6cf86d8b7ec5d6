import {relative, resolve} from 'node:path';

/** The exit codes of every command; the README lists them for users. */
export const exitCodes = {
  ok: 0,
  findings: 1,
  failed: 2,
  incomplete: 3,
  approval: 4,
  bug: 70,
  interrupted: 130,
} as const;

interface GearErrorOptions {
  /** Stable, machine-readable: 'STACK_NOT_UPDATABLE'. */
  readonly code: string;
  /** What the user can type or change next, most useful first. */
  readonly suggestions?: readonly string[];
  readonly exit?: number;
  readonly cause?: unknown;
}

/** Something the user can act on. Any other error that reaches the command line is a bug of gear. */
export class GearError extends Error {
  readonly code: string;
  readonly suggestions: readonly string[];
  readonly exit: number;

  constructor(message: string, {code, suggestions = [], exit = exitCodes.failed, cause}: GearErrorOptions) {
    super(message, cause === undefined ? undefined : {cause});
    this.name = 'GearError';
    this.code = code;
    this.suggestions = suggestions;
    this.exit = exit;
  }
}

/** What an aborted AbortSignal makes of whatever waits: somebody interrupted it. */
export function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** A path in a message: from where the user stands, or absolute where that is shorter. */
export function shownPath(path: string): string {
  const absolute = resolve(path);
  const fromHere = relative(process.cwd(), absolute) || '.';
  return fromHere.length < absolute.length ? fromHere : absolute;
}

/** What the file system refuses, which the user can act on; any other error as it is. */
export function describeFileError(error: unknown): unknown {
  const {code = '', path, message} = error as NodeJS.ErrnoException;
  const [, name] = (code === 'ERR_INVALID_ARG_VALUE' && /without null bytes\. Received (.*)/s.exec(message)) || [];
  if (name !== undefined)
    return new GearError(`No file can be called ${name}: a null byte is in it`, {code: 'FILE_REFUSED', cause: error});
  const reason = fileErrorReasons[code];
  // It is found out while something is written, when only the file's number is known.
  if (code === 'ENOSPC' && path === undefined)
    return new GearError('No space is left on the device', {code: 'FILE_REFUSED', cause: error});
  if (reason === undefined || typeof path !== 'string') return error;
  return new GearError(`${shownPath(path)}: ${reason}`, {code: 'FILE_REFUSED', cause: error});
}

export const fileErrorReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a file stands where a folder is needed',
  EEXIST: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  ELOOP: 'the symbolic link leads to itself',
  ENAMETOOLONG: 'the name is too long',
};
