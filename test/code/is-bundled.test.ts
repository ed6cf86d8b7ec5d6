import {expect, test} from 'vitest';
import {isBundled} from '../../src/code/is-bundled.ts';

const source = `import {S3Client} from '@aws-sdk/client-s3';\nexport const handler = async () => new S3Client();\n`;

test.each<[string, string, string, boolean]>([
  ['what somebody wrote', 'index.mjs', source, false],
  ['a bundle of esbuild', 'index.js', `// node_modules/pg/lib/client.js\nvar Client = class {};\n${source}`, true],
  ['a bundle of webpack', 'index.js', 'var m = __webpack_require__(17);\n', true],
  ['what is minified', 'index.mjs', `${'let a=1;'.repeat(200)}\n`, true],
  ['a comment about node_modules', 'index.mjs', `// Not in node_modules/pg, but beside it.\n${source}`, false],
  ['Python', 'app.py', `x = [${'1, '.repeat(500)}]\n`, false],
])('%s', (_, file, text, expected) => {
  expect(isBundled(file, text)).toBe(expected);
});
