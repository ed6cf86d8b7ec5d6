import {existsSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {AwsClients} from '../../aws/clients.ts';
import {type RecordedCall, recordedCall} from '../../aws/recorded-call.ts';
import {watchCalls} from '../../aws/watch-calls.ts';
import {describeFileError, GearError, shownPath} from '../../errors.ts';
import type {AccountIdentity} from '../account/account-identity.ts';
import {fileOf, folderOf} from './layout.ts';
import {type Manifest, manifestName, readManifest} from './manifest.ts';
import {isWorthKeeping} from './worth-keeping.ts';

/** Keeps what is read of accounts, to be written to a folder when all is read or the user interrupts. */
export interface AccountRecorder {
  /** The same clients; what they are asked is kept. */
  record(clients: AwsClients, identity: AccountIdentity): AwsClients;
  save(about: Pick<Manifest, 'gear' | 'readAt' | 'complete'>): void;
}

export function accountRecorder(folder: string): AccountRecorder {
  requireOwnFolder(folder);
  const files = new Map<string, RecordedCall[]>();
  const accounts: AccountIdentity[] = [];
  return {
    record(clients, {account, region}) {
      accounts.push({account, region});
      return watchCalls(clients, async (call, send) => {
        const file = join(folderOf({account, region}, call.service), fileOf(call.operation));
        const keep = (answer: {output: object} | {error: unknown}) =>
          files.set(file, [...(files.get(file) ?? []), recordedCall(call, answer)]);
        try {
          const output = await send();
          if (isWorthKeeping(call, output)) keep({output});
          return output;
        } catch (error) {
          keep({error});
          throw error;
        }
      });
    },
    save(about) {
      try {
        clear(folder);
        for (const [file, calls] of files) writePrivate(folder, file, inOrder(calls));
        // Last: without it nothing is there.
        if (accounts.length > 0)
          writePrivate(folder, manifestName, {version: 1, ...about, accounts} satisfies Manifest);
      } catch (error) {
        throw describeFileError(error);
      }
    },
  };
}

/** A folder that gear wrote is written anew; any other has something in it that is not gear's to touch. */
function requireOwnFolder(folder: string): void {
  if (!existsSync(folder)) return;
  try {
    if (readdirSync(folder).length === 0 || readManifest(folder) !== undefined) return;
  } catch (error) {
    throw describeFileError(error);
  }
  throw new GearError(`${shownPath(folder)} has files in it that gear audit --save did not write`, {
    code: 'FOLDER_IN_USE',
    suggestions: ['--save with a new or an empty folder'],
  });
}

function clear(folder: string): void {
  if (!existsSync(folder)) return;
  for (const {account} of readManifest(folder)?.accounts ?? [])
    rmSync(join(folder, account), {recursive: true, force: true});
  rmSync(join(folder, manifestName), {force: true});
}

/** What an account answers says who may do what in it: for nobody else to read. */
function writePrivate(folder: string, file: string, content: unknown): void {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), {recursive: true, mode: 0o700});
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, {mode: 0o600});
}

/** Answers come in any order. */
function inOrder(calls: readonly RecordedCall[]): readonly RecordedCall[] {
  return calls
    .map(call => ({call, key: `${call.service} ${JSON.stringify(call.input)}`}))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({call}) => call);
}
