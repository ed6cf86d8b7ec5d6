import {comparedSizes} from '../../../model/byte-size.ts';
import {mostUnzipped, unzippedBytes} from '../../../model/deployment-package.ts';
import {defineRule} from '../../define-rule.ts';
import {largestParts} from '../../largest-parts.ts';

const mostZippedForUpload = 52_428_800;

export default defineRule({
  id: 'size/package-too-large',
  subject: 'function',
  severity: 'high',
  title: 'A deployment package is over, or near, a limit of Lambda',
  why: 'Lambda takes 250 MB unzipped, layers included, and 50 MB zipped in a direct upload; what is loaded is also paid for at every cold start.',
  remedy:
    'Bundle the handler (esbuild) and leave out what it does not import; what must be large belongs into a container image.',
  since: '0.1.0',
  examples: {
    bad: 'Code: ./src          # with 300 MB of node_modules',
    good: 'Code: ./dist/ingest  # one bundled file',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  *check({name, package: code, layerPackages = []}) {
    if (code.kind === 'unknown') yield {unknown: code.reason};
    if (code.kind !== 'files' && code.kind !== 'archive') return;
    const layers = layerPackages.flatMap(layer => layer.files);
    const unzipped = code.files === undefined ? undefined : unzippedBytes([...code.files, ...layers]);
    if (unzipped !== undefined && unzipped > mostUnzipped * 0.8) {
      const [size, limit] = comparedSizes(unzipped, mostUnzipped);
      yield {
        message: `${name} has ${size} unzipped${layers.length > 0 ? ', layers included' : ''}; the limit is ${limit}`,
        severity: unzipped > mostUnzipped ? 'high' : 'medium',
        evidence: {
          unzippedBytes: unzipped,
          limit: mostUnzipped,
          largest: largestParts([...(code.files ?? []), ...layers]),
        },
        key: 'unzipped',
      };
    }
    if (code.kind === 'archive' && code.compressedBytes > mostZippedForUpload) {
      const [size, limit] = comparedSizes(code.compressedBytes, mostZippedForUpload);
      yield {
        message: `${name} has ${size} zipped; more than ${limit} goes through S3 only`,
        severity: 'medium',
        evidence: {compressedBytes: code.compressedBytes, limit: mostZippedForUpload},
        key: 'zipped',
      };
    }
  },
});
