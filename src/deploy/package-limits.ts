import {statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {readFolder} from '../bundle/read-folder.ts';
import type {Zip} from '../bundle/zip.ts';
import {GearError} from '../errors.ts';
import {comparedSizes} from '../model/byte-size.ts';
import {mostUnzipped} from '../model/deployment-package.ts';
import type {LocalFunction} from './local-functions.ts';

export async function requireLimits({logicalId, layers}: LocalFunction, code: Zip, folder: string): Promise<void> {
  const inLayers = await Promise.all(layers.map(layer => unzippedLayer(join(folder, layer))));
  const unzipped = inLayers.reduce((sum, bytes) => sum + bytes, code.unzippedBytes);
  if (unzipped <= mostUnzipped) return;
  const [size, limit] = comparedSizes(unzipped, mostUnzipped);
  throw new GearError(
    `${logicalId} has ${size} unzipped${layers.length === 0 ? '' : ', with its layers'}; Lambda takes ${limit}`,
    {
      code: 'PACKAGE_TOO_LARGE',
      suggestions: ['gear build --analyze, which shows what is in it', 'a container image may have 10 GB'],
    },
  );
}

/** One that is not there is for CloudFormation to miss. */
async function unzippedLayer(path: string): Promise<number> {
  const found = statSync(path, {throwIfNoEntry: false});
  if (found === undefined) return 0;
  if (!found.isDirectory()) {
    const {zipFile} = await import('../bundle/zip.ts');
    return zipFile(await readFile(path), path).packed.unzippedBytes;
  }
  return (await readFolder(path)).reduce((sum, {bytes}) => sum + bytes.length, 0);
}
