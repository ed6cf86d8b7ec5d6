import {createHash} from 'node:crypto';
import {crc32, deflateSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {describeContent} from '../src/functions/ingest/content/describe-content.ts';
import {Malformed} from '../src/lib/failure.ts';

/** In pieces of every size from one byte up: no reader may depend on where a chunk ends. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const describeBytes = (key: string, bytes: Uint8Array, size = 7, declaredType?: string) =>
  describeContent(pieces(bytes, size), {key, declaredType, expectedSize: bytes.length});
const describeString = (key: string, text: string, size = 7) => describeBytes(key, Buffer.from(text), size);

function chunk(type: string, body: Uint8Array): Uint8Array {
  const tagged = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  checksum.writeUInt32BE(crc32(tagged));
  return Buffer.concat([length, tagged, checksum]);
}

const header = Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
const png = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
  chunk('IHDR', header),
  chunk('IDAT', deflateSync(Buffer.alloc(20))),
  chunk('IEND', Buffer.alloc(0)),
]);
const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2]),
  Buffer.from([0xff, 0xff, 0xc0, 0, 11, 8, 0, 9, 0, 16, 1, 1, 0x11, 0]),
  Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0x00, 4, 0xff, 0xd9]),
]);
const gif = Buffer.concat([Buffer.from('GIF89a', 'latin1'), Buffer.from([5, 0, 4, 0, 0, 0, 0, 0x2c, 0x3b])]);
const webp = Buffer.concat([
  Buffer.from('RIFF', 'latin1'),
  Buffer.from([24, 0, 0, 0]),
  Buffer.from('WEBPVP8X', 'latin1'),
  Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 3, 0, 0, 0, 0]),
]);

describe('describeContent', () => {
  const text = (string: string) => Buffer.from(string);
  it.each<[string, string, Uint8Array, string, object]>([
    [
      'a JSON object',
      'a.json',
      text('{"id": 1, "li\\u006ees": [{"a": "}"}], "é": null}'),
      'application/json',
      {topLevel: 'object', keyCount: 3, keys: ['id', 'lines', 'é']},
    ],
    [
      'a JSON array',
      'a.json',
      text('[1, -2.5e3, "x", [2, 3], {"a": 1}, true]'),
      'application/json',
      {topLevel: 'array', length: 6},
    ],
    ['an empty JSON array', 'a.json', text(' [ ] '), 'application/json', {topLevel: 'array', length: 0}],
    ['a JSON value', 'a.json', text('42'), 'application/json', {topLevel: 'value'}],
    [
      'JSON without a name that says so',
      'a',
      text('\uFEFF{"id": 1}'),
      'application/json',
      {topLevel: 'object', keyCount: 1, keys: ['id']},
    ],
    ['a log that begins with a bracket', 'a.log', text('[info] up\n[info] down'), 'text/plain', {lines: 2}],
    ['text', 'a.txt', text('one\ntwo\n'), 'text/plain', {lines: 2}],
    ['nothing', 'empty', text(''), 'text/plain', {lines: 0}],
    [
      'CSV',
      'a.csv',
      text('id,"the ""name"""\r\n1,"a\nb"\r\n\r\n2,c'),
      'text/csv',
      {columnCount: 2, columns: ['id', 'the "name"'], rows: 2},
    ],
    ['bytes of no known type', 'a.bin', Buffer.from([1, 0, 2]), 'application/octet-stream', {}],
    ['a PNG image', 'a', png, 'image/png', {width: 3, height: 2}],
    ['a JPEG image', 'a', jpeg, 'image/jpeg', {width: 16, height: 9}],
    ['a GIF image', 'a', gif, 'image/gif', {width: 5, height: 4}],
    ['a WebP image', 'a', webp, 'image/webp', {width: 7, height: 4}],
    ['an image under a wrong name', 'a.json', png, 'image/png', {width: 3, height: 2}],
    ['a manifest', 'a.manifest.json', text('{"parts": ["b.csv"]}'), 'application/json', {parts: ['b.csv']}],
  ])('knows %s, however it is cut', async (_, key, bytes, contentType, details) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    for (const size of [1, 2, 3, 5, 7, 1000])
      expect(await describeBytes(key, bytes, size)).toEqual({contentType, size: bytes.length, sha256, details});
  });

  it('takes the declared type where the name says nothing', async () => {
    expect(await describeBytes('a', Buffer.from('x\n1\n'), 7, 'text/csv; charset=utf-8')).toMatchObject({
      details: {columns: ['x'], rows: 1},
    });
  });

  it.each([
    ['a.json', '', 'The JSON document is empty'],
    ['a.json', '{"a": [1, 2', 'ends in the middle, after 11 characters'],
    ['a.json', '{"a": "b', 'ends in the middle'],
    ['a.json', '{"a": 1,}', '"}" at character 9, where key must stand'],
    ['a.json', '[1 2]', '"2" at character 4, where , or end must stand'],
    ['a.json', '[01]', '01 at character 4, which is no value'],
    ['a.json', '{} {}', '"{" at character 4, where end must stand'],
    ['a.json', '[1}', '"}" at character 3'],
    ['a.json', '["\\x"]', '"x" at character 4'],
    ['a.json', '['.repeat(1001), 'nested more than 1000 deep'],
    ['a.csv', '', 'no header row'],
    ['a.csv', 'id,name\n1,"a', 'ends inside the quote that line 2 opens'],
    ['a.csv', 'id,name\n1,"a"b\n', 'Line 2 of the CSV file has "b" after a closing quote'],
    ['a.csv', 'id,name\n1\n', 'Line 2 of the CSV file has 1 fields, its header 2'],
    ['a.png', 'hello, world', 'The PNG image lacks its signature'],
    ['a.manifest.json', '{"parts": ["../secret"]}', 'a list of names of objects in its own folder'],
  ])('refuses %s with %.40j', async (key, content, reason) => {
    const error = await describeString(key, content).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Malformed);
    expect((error as Malformed).message).toContain(reason);
  });

  it.each([
    ['PNG', png],
    ['JPEG', jpeg],
    ['GIF', gif],
    ['WebP', webp],
  ])('notices where a %s image was cut off', async (_, image) => {
    for (let length = 12; length < image.length; length++)
      await expect(describeBytes('a', image.subarray(0, length))).rejects.toThrow(Malformed);
  });

  it('notices a damaged PNG image', async () => {
    const damaged = Buffer.from(png);
    damaged[20] = 99;
    await expect(describeBytes('a', damaged)).rejects.toThrow('the checksum of its IHDR chunk is wrong');
  });

  it('refuses JSON that is not UTF-8', async () => {
    await expect(describeBytes('a.json', Buffer.from([0x22, 0xff, 0x22]))).rejects.toThrow('not valid UTF-8');
  });

  it('tells a broken connection from a truncated object', async () => {
    const error = await describeContent(pieces(Buffer.from('{"a": '), 7), {key: 'a.json', expectedSize: 9}).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).not.toBeInstanceOf(Malformed);
    expect(error).toMatchObject({message: 'The connection ended after 6 of 9 bytes'});
  });

  it('reads an object far larger than what it keeps', async () => {
    const line = Buffer.from(`${'1,2,3\n'.repeat(10_000)}`);
    async function* large() {
      yield Buffer.from('a,b,c\n');
      for (let count = 0; count < 200; count++) yield line;
    }
    const before = process.memoryUsage().arrayBuffers;
    expect(await describeContent(large(), {key: 'a.csv'})).toMatchObject({
      size: 12_000_006,
      details: {rows: 2_000_000},
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  });
});
