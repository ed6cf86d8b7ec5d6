import {partsOf} from '../../aws/archive-parts.ts';
import type {AwsClients} from '../../aws/clients.ts';
import type {PackagedFile} from '../../model/deployment-package.ts';
import {type ArchivedHandler, handlerOfArchive} from '../archive/handler-of-archive.ts';
import {readArchive} from '../archive/read-archive.ts';

/** What is in the archive of a function or a layer. */
export interface ReadPackage {
  readonly files: readonly PackagedFile[];
  /** Of a function whose language gear reads. */
  readonly handler?: ArchivedHandler;
}

/**
 * The archive's directory, the first bytes of its native modules and the file of the handler, each by a request for a
 * part of it; undefined where no link leads to it.
 */
export async function readPackage(
  clients: AwsClients,
  location: string | undefined,
  code?: {readonly handler: string; readonly runtime: string},
): Promise<ReadPackage | undefined> {
  if (location === undefined) return undefined;
  const archives = await clients.archives();
  const asked = {Location: location, ...(code === undefined ? {} : {Handler: code.handler, Runtime: code.runtime})};
  const {Files: files, Handler: handler} = await archives.readDirectory(asked, async () => {
    const part = partsOf(location, {mayBeFile: isThisMachine(clients.connection.endpoint)});
    const archive = await readArchive(part, {binaries: mostBinaries});
    const read = code === undefined ? undefined : await handlerOfArchive(archive, code);
    return {Files: archive.files, ...(read === undefined ? {} : {Handler: read})};
  });
  return {files, ...(handler === undefined ? {} : {handler})};
}

/** Of numpy there are dozens, all for the same machine. */
const mostBinaries = 16;

function isThisMachine(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:|\/|$)/.test(endpoint);
}
