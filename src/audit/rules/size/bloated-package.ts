import {byteSize} from '../../../model/byte-size.ts';
import {counted} from '../../../model/counted.ts';
import {unzippedBytes} from '../../../model/deployment-package.ts';
import type {Severity} from '../../../model/finding.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {largestParts} from '../../largest-parts.ts';

export default defineRule({
  id: 'size/bloated-package',
  subject: 'function',
  severity: 'medium',
  title: 'A deployment package holds what the function does not run',
  why: 'Every cold start downloads and unpacks it, and loads whole packages of which the handler uses a few functions.',
  remedy: 'Bundle the handler into one file: what it does not import stays behind.',
  since: '0.1.0',
  examples: {bad: 'Code: ./src  # with node_modules, tests and source maps', good: 'Code: ./dist/ingest'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html',
  *check({name, package: code, runtime}) {
    // What could not be seen is reported by package-too-large.
    if (code.kind !== 'files' && code.kind !== 'archive') return;
    const {files} = code;
    if (files === undefined) return;
    for (const {what, severity, includes, enough, runtimes} of kinds) {
      if (runtime !== undefined && !isUnresolved(runtime) && !runtimes.test(runtime)) continue;
      const found = files.filter(({path}) => includes(path));
      const bytes = unzippedBytes(found);
      if (found.length > 0 && bytes >= enough)
        yield {
          message: `the package of ${name} holds ${what} (${counted(found.length, 'file')}, ${byteSize(bytes)})`,
          severity,
          evidence: {
            what,
            files: found.length,
            bytes,
            example: found[0]!.path,
            ...(found.length > 1 && what === unbundled ? {largest: largestParts(found)} : {}),
          },
          key: what,
        };
    }
  },
});

interface Bloat {
  readonly what: string;
  readonly severity: Severity;
  readonly includes: (path: string) => boolean;
  /** Bytes from which it is worth a word. */
  readonly enough: number;
  readonly runtimes: RegExp;
}

const kilobyte = 1024;
const anyRuntime = /./;

const unbundled = 'packages in node_modules that are not bundled';

const kinds: readonly Bloat[] = [
  {
    what: 'the AWS SDK for JavaScript v2',
    severity: 'medium',
    includes: path => path.includes('node_modules/aws-sdk/'),
    enough: 0,
    runtimes: /^nodejs/,
  },
  {
    what: unbundled,
    severity: 'medium',
    includes: path => /(^|\/)node_modules\//.test(path) && !path.includes('node_modules/aws-sdk/'),
    enough: 1024 * kilobyte,
    runtimes: /^nodejs/,
  },
  {
    what: 'boto3 or botocore, which the runtime brings',
    severity: 'info',
    includes: path => /(^|\/)(boto3|botocore)\//.test(path),
    enough: 1024 * kilobyte,
    runtimes: /^python/,
  },
  {
    what: 'source maps',
    severity: 'low',
    includes: path => !/(^|\/)node_modules\//.test(path) && /\.(js|mjs|cjs)\.map$/.test(path),
    enough: 1024 * kilobyte,
    runtimes: anyRuntime,
  },
  {
    what: 'tests',
    severity: 'info',
    includes: path =>
      !/(^|\/)node_modules\//.test(path) &&
      (/(^|\/)(__tests__|tests?)\//.test(path) || /\.(test|spec)\.[cm]?[jt]sx?$/.test(path)),
    enough: 0,
    runtimes: anyRuntime,
  },
  {
    what: 'the AWS SDK for JavaScript v3, which the runtime brings',
    severity: 'info',
    includes: path => /(^|\/)node_modules\/@aws-sdk\//.test(path),
    enough: 1024 * kilobyte,
    runtimes: /^nodejs(1[89]|[2-9]\d)/,
  },
  {
    what: 'type declarations',
    severity: 'info',
    includes: path => /\.d\.[cm]?ts(\.map)?$/.test(path),
    enough: 1024 * kilobyte,
    runtimes: anyRuntime,
  },
  {
    what: 'a .git folder',
    severity: 'medium',
    includes: path => path.startsWith('.git/'),
    enough: 0,
    runtimes: anyRuntime,
  },
];
