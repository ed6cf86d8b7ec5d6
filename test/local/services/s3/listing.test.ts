import {expect, test} from 'vitest';
import {openS3} from './s3-bench.ts';

interface Page {
  readonly Contents: {Key: string}[];
  readonly CommonPrefixes: {Prefix: string}[];
  readonly IsTruncated: boolean;
  readonly NextContinuationToken?: string;
  readonly NextMarker?: string;
}

const shown = ({Contents, CommonPrefixes}: Page) => [
  ...Contents.map(({Key}) => Key),
  ...CommonPrefixes.map(({Prefix}) => Prefix),
];

async function openFilled() {
  const s3 = await openS3();
  for (const key of ['b.txt', 'in/2026/a', 'in/2026/b', 'in/2027/a', 'in/x', 'a.txt', 'out/a', 'inner'])
    await s3.put(key);
  return s3;
}

test.each([
  [{}, ['a.txt', 'b.txt', 'in/2026/a', 'in/2026/b', 'in/2027/a', 'in/x', 'inner', 'out/a']],
  [{Prefix: 'in/'}, ['in/2026/a', 'in/2026/b', 'in/2027/a', 'in/x']],
  [{Delimiter: '/'}, ['a.txt', 'b.txt', 'inner', 'in/', 'out/']],
  [{Prefix: 'in/', Delimiter: '/'}, ['in/x', 'in/2026/', 'in/2027/']],
  [{Prefix: 'none'}, []],
  [{MaxKeys: 0}, []],
  [{StartAfter: 'in/2026/b'}, ['in/2027/a', 'in/x', 'inner', 'out/a']],
])('listing with %j', async (input, expected) => {
  const s3 = await openFilled();
  expect(shown(await s3.call<Page>('ListObjectsV2', input))).toEqual(expected);
});

test.each([1, 2, 3])('pages of %i hold every key and prefix once', async MaxKeys => {
  const s3 = await openFilled();
  for (const Delimiter of [undefined, '/']) {
    const whole = shown(await s3.call<Page>('ListObjectsV2', {Delimiter})).sort();
    const found: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.call<Page>('ListObjectsV2', {MaxKeys, Delimiter, ContinuationToken});
      expect(shown(page).length).toBeLessThanOrEqual(MaxKeys);
      expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
      found.push(...shown(page));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(found.sort()).toEqual(whole);
  }
  const first = await s3.call<Page>('ListObjects', {MaxKeys, Delimiter: '/'});
  const rest = await s3.call<Page>('ListObjects', {Delimiter: '/', Marker: first.NextMarker});
  expect([...shown(first), ...shown(rest)].sort()).toEqual(['a.txt', 'b.txt', 'in/', 'inner', 'out/']);
});

test('keys are in the order of their bytes, and encoded for clients that ask', async () => {
  const s3 = await openS3();
  for (const key of ['a b+c.txt', '\u{1f600}', '\uff5e', 'ä/ö']) await s3.put(key);
  expect(await s3.keys()).toEqual(['a b+c.txt', 'ä/ö', '\uff5e', '\u{1f600}']);
  expect(await s3.keys({EncodingType: 'url'})).toEqual(['a%20b%2Bc.txt', '%C3%A4/%C3%B6', '%EF%BD%9E', '%F0%9F%98%80']);
});

test('a page of a bucket with many keys is found without reading them all', async () => {
  const s3 = await openS3();
  const store = s3.store();
  for (let index = 0; index < 20_000; index++)
    store.index('receipts').put({
      bucket: 'receipts',
      key: `${index % 100}/${index}`,
      versionId: 'null',
      sequence: index,
      lastModified: 0,
      etag: '',
      size: 0,
      parts: [],
      checksums: {},
      headers: {},
      metadata: {},
      tags: {},
      storageClass: 'STANDARD',
    });
  await s3.call('ListObjectsV2', {MaxKeys: 1});
  const started = performance.now();
  for (let times = 0; times < 20; times++)
    expect((await s3.call<Page>('ListObjectsV2', {Delimiter: '/'})).CommonPrefixes).toHaveLength(100);
  expect(performance.now() - started).toBeLessThan(500);
});
