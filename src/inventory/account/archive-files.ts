import {partsOf} from '../../aws/archive-parts.ts';
import type {AwsClients} from '../../aws/clients.ts';
import {readZipDirectory, zipTailBytes} from '../../bundle/zip-directory.ts';
import type {PackagedFile} from '../../model/deployment-package.ts';

/** The end of the archive, and of a large one the rest of its directory: two requests, and none for what is in it. */
export async function archiveFiles(
  clients: AwsClients,
  location: string | undefined,
): Promise<readonly PackagedFile[] | undefined> {
  if (location === undefined) return undefined;
  const archives = await clients.archives();
  const {Files: files} = await archives.readDirectory(location, async () => {
    const part = partsOf(location, {mayBeFile: isThisMachine(clients.connection.endpoint)});
    const tail = await part({last: zipTailBytes});
    return {Files: await readZipDirectory(tail, async (start, length) => (await part({start, length})).bytes)};
  });
  return files;
}

function isThisMachine(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:|\/|$)/.test(endpoint);
}
