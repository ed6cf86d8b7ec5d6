import {expect, test} from 'vitest';
import {handlerBySourceMap} from '../../../src/inventory/archive/handler-by-source-map.ts';

const works = "import {S3Client} from '@aws-sdk/client-s3';\nexport const handler = async () => new S3Client({});\n";
const mapOf = (sources: Readonly<Record<string, string | null>>) =>
  JSON.stringify({version: 3, sources: Object.keys(sources), sourcesContent: Object.values(sources), mappings: ''});

test.each([
  ['src/orders.ts', 'src/orders.ts'],
  ['../../src/orders.ts', 'src/orders.ts'],
  ['webpack://orders/./src/orders.ts', 'src/orders.ts'],
  ['file:///home/me/orders.ts', 'home/me/orders.ts'],
])('a handler whose source is %s', async (source, path) => {
  expect(await handlerBySourceMap(mapOf({[source]: works}), 'handler')).toMatchObject({
    path,
    work: [{kind: 'client', line: 2}],
  });
});

test.each([
  ['that is no JSON', 'x'],
  ['that is null', 'null'],
  ['without the text of sources', mapOf({'src/orders.ts': null})],
  ['in which only a package has such a handler', mapOf({'../node_modules/a/index.js': works})],
  ['in which two files have such a handler', mapOf({'a.ts': works, 'b.ts': works})],
])('a source map %s tells nothing', async (_, map) => {
  expect(await handlerBySourceMap(map, 'handler')).toBeUndefined();
});
