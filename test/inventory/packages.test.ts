import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {strToU8, zipSync} from 'fflate';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {readZipDirectory} from '../../src/bundle/zip-directory.ts';
import {readPackage} from '../../src/inventory/account/read-package.ts';
import {elf} from '../bundle/binaries.ts';

const small = zipSync({
  'index.mjs': strToU8('export {};'.repeat(100)),
  'lib/': new Uint8Array(),
  'lib/a.mjs': strToU8('a'),
});
const large = zipSync(
  Object.fromEntries(Array.from({length: 3000}, (_, index) => [`node_modules/orders/${index}.mjs`, strToU8('a')])),
);

/** Its end does not reach to the files at its beginning. */
const mixed = zipSync({
  'lib/fast.so': elf(183),
  'orders.mjs': strToU8(
    `import {S3Client} from '@aws-sdk/client-s3';\nexport const handler = async () => new S3Client();\n`,
  ),
  'prices.bin': [new Uint8Array(300_000), {level: 0}],
});

let server: Server;
let origin: string;
let requests: (string | undefined)[] = [];
beforeAll(async () => {
  server = createServer(({url, headers: {range}}, response) => {
    requests.push(range);
    const body = url!.includes('large') ? large : url!.includes('mixed') ? mixed : small;
    if (url!.startsWith('/gone')) return response.writeHead(403).end('<Error/>');
    if (url!.startsWith('/whole')) return response.writeHead(200).end(body);
    const [, first, last] = /^bytes=(\d*)-(\d+)$/.exec(range!)!;
    const start = first === '' ? Math.max(0, body.length - Number(last)) : Number(first);
    const part = body.subarray(start, first === '' ? undefined : Number(last) + 1);
    const shown = `bytes ${start}-${start + part.length - 1}/${body.length}`;
    const sent = url!.startsWith('/more') ? Buffer.alloc(200_000) : part;
    return response.writeHead(206, {'content-range': shown}).end(sent);
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

async function files(path: string, code?: {handler: string; runtime: string}) {
  requests = [];
  return readPackage(
    awsClients({endpoint: origin, region: 'eu-central-1'}),
    `${origin}${path}?X-Amz-Signature=secret`,
    code,
  );
}

describe('of an archive behind a link', () => {
  test('one request has the names and both sizes of all files', async () => {
    const [index, a] = (await files('/small'))!.files;
    expect(index).toMatchObject({path: 'index.mjs', bytes: 1000});
    expect(index!.compressedBytes).toBeLessThan(100);
    expect(a).toMatchObject({path: 'lib/a.mjs', bytes: 1});
    expect(requests).toEqual(['bytes=-65558']);
  });

  test('two requests have a directory that is longer than the end', async () => {
    expect((await files('/large'))!.files).toHaveLength(3000);
    expect(requests).toHaveLength(2);
  });

  test('one request more has the header of a native module, and one the file of the handler', async () => {
    const read = await files('/mixed', {handler: 'orders.handler', runtime: 'nodejs24.x'});
    expect(read!.files[0]).toMatchObject({path: 'lib/fast.so', machine: 'linux arm64'});
    expect(read!.handler).toMatchObject({
      path: 'orders.mjs',
      work: [{kind: 'client', what: 'new S3Client()', line: 2}],
    });
    const [, ...ranges] = requests.map(range => /(\d+)-(\d+)/.exec(range!)?.slice(1).map(Number) ?? []);
    expect(ranges).toHaveLength(2);
    for (const [first, last] of ranges) expect(last! - first!).toBeLessThan(1500);
  });

  test.each([
    ['/whole', 'its server sends the whole of it only'],
    ['/gone', 'its server answers 403'],
    ['/more', 'its server sends more than it was asked for'],
  ])('%s is a sentence that does not say the link', async (path, sentence) => {
    await expect(files(path)).rejects.toThrow(new RegExp(`^the archive cannot be read: ${sentence}$`));
  });

  test.each(['file:///etc/passwd', 'ftp://example.com/code.zip', 'nothing'])(
    '%s is not followed from AWS',
    async link => {
      await expect(readPackage(awsClients({region: 'eu-central-1'}), link)).rejects.toThrow(/none that gear follows/);
    },
  );
});

describe('an archive that lies is refused in a sentence:', () => {
  const entry = small.length - 22 - directoryLength();
  function directoryLength() {
    return new DataView(small.buffer, small.byteOffset).getUint32(small.length - 22 + 12, true);
  }
  const changed = (change: (view: DataView, bytes: Uint8Array) => void) => {
    const bytes = Uint8Array.from(small);
    change(new DataView(bytes.buffer), bytes);
    return readZipDirectory({bytes, start: 0, total: bytes.length}, async () => new Uint8Array());
  };
  test.each<[string, (view: DataView, bytes: Uint8Array) => void, RegExp]>([
    ['no end', view => view.setUint32(small.length - 22, 0), /does not end as a zip/],
    ['an offset', view => view.setUint32(small.length - 6, 0x7fffffff, true), /behind its end/],
    ['a count', view => view.setUint16(small.length - 12, 2, true), /says that it has 2 files, and lists 3/],
    ['an unzipped size', view => view.setUint32(entry + 24, 0x7fffffff, true), /a size that cannot be/],
    ['a compressed size', view => view.setUint32(entry + 20, 0x7fffffff, true), /a size that cannot be/],
    ['a length', view => view.setUint16(entry + 28, 0xffff, true), /directory is damaged/],
    ['a name', (_, bytes) => bytes.set(strToU8('../../x.x'), entry + 46), /has a file of the name/],
    ['ZIP64', view => view.setUint32(small.length - 6, 0xffffffff, true), /behind its end/],
  ])('%s', async (_, change, sentence) => {
    await expect(changed(change)).rejects.toThrow(sentence);
  });
});

test('of ZIP64 the sizes are read where they are', async () => {
  const name = strToU8('index.mjs');
  const bytes = new Uint8Array(46 + name.length + 20 + 56 + 20 + 22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint32(20, 0xffffffff, true);
  view.setUint32(24, 0xffffffff, true);
  view.setUint16(28, name.length, true);
  view.setUint16(30, 20, true);
  bytes.set(name, 46);
  const extra = 46 + name.length;
  view.setUint16(extra, 1, true);
  view.setUint16(extra + 2, 16, true);
  view.setBigUint64(extra + 4, 90n, true);
  view.setBigUint64(extra + 12, 20n, true);
  const record = extra + 20;
  view.setUint32(record, 0x06064b50, true);
  view.setBigUint64(record + 32, 1n, true);
  view.setBigUint64(record + 40, BigInt(record), true);
  view.setUint32(record + 56, 0x07064b50, true);
  view.setBigUint64(record + 64, BigInt(record), true);
  view.setUint32(record + 76, 0x06054b50, true);
  view.setUint16(record + 86, 0xffff, true);
  view.setUint32(record + 88, 0xffffffff, true);
  view.setUint32(record + 92, 0xffffffff, true);
  expect(await readZipDirectory({bytes, start: 0, total: bytes.length}, async () => bytes)).toEqual([
    {path: 'index.mjs', bytes: 90, compressedBytes: 20, offset: 0, method: 0},
  ]);
});
