import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {GearError} from '../errors.ts';
import {repositoryRoot} from './repository.ts';

/** Absolute paths of what differs from the commit at which this branch left `ref`: committed, not committed and new. */
export async function changedFiles(folder: string, ref: string): Promise<readonly string[]> {
  const root = repositoryRoot(folder);
  if (root === undefined)
    throw new GearError(
      `${folder === '.' ? 'This folder' : folder} is in no git repository, so nothing tells what has changed`,
      {
        code: 'NO_REPOSITORY',
        suggestions: ['leave --changed-since out'],
      },
    );
  const base = (await mergeBase(root, ref)).trim();
  // Both names of a file that was moved: the one it left is a change, too.
  const tracked = await git(root, ['diff', '--name-only', '--no-renames', '-z', base, '--']);
  const added = await git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  return [...new Set(`${tracked}${added}`.split('\0'))].filter(name => name !== '').map(name => join(root, name));
}

async function mergeBase(root: string, ref: string): Promise<string> {
  try {
    return await git(root, ['merge-base', '--end-of-options', ref, 'HEAD']);
  } catch (error) {
    if (error instanceof GearError) throw error;
    throw new GearError(`git finds no commit that ${ref} and this branch have in common`, {
      code: 'UNKNOWN_REF',
      suggestions: [
        'git fetch origin, and the name as in --changed-since origin/main',
        'in CI, check out the whole history (fetch-depth: 0)',
      ],
      cause: error,
    });
  }
}

function git(root: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // An alias or a pager of the user's own must not change what is printed.
    execFile('git', ['--no-pager', '-C', root, ...args], {maxBuffer: 64 * 1024 * 1024}, (error, stdout) => {
      if (error === null) resolve(stdout);
      else if (error.code === 'ENOENT')
        reject(new GearError('--changed-since needs git, which is not installed', {code: 'NO_GIT', cause: error}));
      else reject(error);
    });
  });
}
