import {open} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {GearError} from '../errors.ts';

/** A part of an archive that lies behind a signed link. */
export interface ArchivePart {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly total: number;
}

export type ReadPart = (range: {last: number} | {start: number; length: number}) => Promise<ArchivePart>;

/**
 * Reads ranges of what GetFunction and GetLayerVersion lead to. Nothing that it throws says the link: whoever has it
 * has the code. Only a cloud on this machine leads to a file.
 */
export function partsOf(location: string, {mayBeFile}: {mayBeFile: boolean}): ReadPart {
  const {protocol} = URL.canParse(location) ? new URL(location) : {protocol: ''};
  if (protocol === 'file:' && mayBeFile) return range => fromFile(fileURLToPath(location), range);
  if (protocol === 'https:' || (protocol === 'http:' && mayBeFile)) return range => fromServer(location, range);
  throw refused('the link to it is none that gear follows');
}

async function fromFile(path: string, range: Parameters<ReadPart>[0]): Promise<ArchivePart> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) throw refused('it is not there any more');
  try {
    const {size: total} = await file.stat();
    const start = 'last' in range ? Math.max(0, total - range.last) : range.start;
    const bytes = new Uint8Array(Math.max(0, Math.min(total - start, 'last' in range ? range.last : range.length)));
    const {bytesRead} = await file.read(bytes, 0, bytes.length, start);
    return {bytes: bytes.subarray(0, bytesRead), start, total};
  } finally {
    await file.close();
  }
}

async function fromServer(location: string, range: Parameters<ReadPart>[0]): Promise<ArchivePart> {
  const wanted = 'last' in range ? range.last : range.length;
  const asked = 'last' in range ? `bytes=-${range.last}` : `bytes=${range.start}-${range.start + range.length - 1}`;
  const response = await fetch(location, {
    headers: {range: asked},
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {
    throw refused('its server does not answer');
  });
  const [, first, , total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  if (response.status !== 206 || first === undefined) {
    // The whole archive may be 250 MB.
    await response.body?.cancel();
    throw refused(
      response.status === 200 ? 'its server sends the whole of it only' : `its server answers ${response.status}`,
    );
  }
  return {bytes: await atMost(response, wanted), start: Number(first), total: Number(total)};
}

async function atMost(response: Response, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  let length = 0;
  for await (const chunk of response.body ?? []) {
    if (length + chunk.length > most) throw refused('its server sends more than it was asked for');
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}

function refused(why: string): GearError {
  return new GearError(`the archive cannot be read: ${why}`, {code: 'ARCHIVE_UNREADABLE'});
}
