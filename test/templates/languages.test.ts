import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {templatesFolder} from '../../src/scaffold/render-service.ts';
import {templates} from '../../src/scaffold/templates.ts';

/** What a language makes necessary; in all else the infrastructure of a service is the same, to the byte. */
const inPython: readonly (readonly [RegExp, string])[] = [
  // Python needs no bundler.
  [/# gear bundles;/g, '# gear packs;'],
  [
    /Entry: src\/functions\/([\w-]+)\/handler\.ts(.*?)Handler: index\.handler/gs,
    'Entry: src/$1/handler.py$2Handler: $1.handler.handler',
  ],
  [/Runtime: nodejs24\.x/g, 'Runtime: python3.13'],
  // Powertools for Python is no part of the standard library.
  [/POWERTOOLS_METRICS_NAMESPACE/g, 'METRICS_NAMESPACE'],
];

/** Powertools counts by service; what takes its place here counts by function. */
const countedByFunction = [
  [/ +POWERTOOLS_SERVICE_NAME: .+\n/g, ''],
  [/"gear-service-name\\",service\}/g, '"gear-service-name\\",function}'],
] as const;

/** The reasons are in the README of each. */
const ofTemplate: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  ingestion: [[/Powertools' own layout\./, 'see src/ingest/idempotency.py.'], ...countedByFunction],
  orchestration: [
    [/POWERTOOLS_SERVICE_NAME/g, 'SERVICE_NAME'],
    [/`npm run legacy`/, '`python3 legacy/stand_in.py`'],
    // AES is neither in the standard library nor in boto3, so KMS itself encrypts.
    [
      /# Payloads are encrypted with a key of their own each, and those with this one\./,
      '# Payloads are encrypted with it.',
    ],
    [/kms:GenerateDataKey/, 'kms:Encrypt'],
  ],
};

const both = templates
  .filter(({languages}) => languages.includes('typescript') && languages.includes('python'))
  .flatMap(({name, queues}) =>
    (queues.length === 0 ? ['template.yaml'] : queues.map(queue => `_queue/${queue}/template.yaml`)).map(path => ({
      name,
      path,
    })),
  );

/** `vitest run test/templates/languages.test.ts -u` takes a change of the TypeScript template over to Python. */
test.each(both)(
  '$path of $name is the same in TypeScript and Python, but for what the language makes necessary',
  async ({name, path}) => {
    const typescript = readFileSync(join(templatesFolder, name, 'typescript', path), 'utf8');
    const expected = [...inPython, ...(ofTemplate[name] ?? countedByFunction)].reduce(
      (text, [pattern, replacement]) => text.replace(pattern, replacement),
      typescript,
    );
    const python = join(templatesFolder, name, 'python', path);
    expect(existsSync(python)).toBe(true);
    await expect(expected).toMatchFileSnapshot(python);
  },
);
