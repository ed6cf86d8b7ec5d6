import {byteSize} from '../../../model/byte-size.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'size/code-storage-nearly-full',
  subject: 'inventory',
  severity: 'medium',
  title: 'The code storage of a region is nearly full',
  why: 'All versions of all functions and layers share it. When it is full, no function of the region can be deployed.',
  remedy: 'Delete versions that no alias points at and layers that nobody uses, or have the quota raised.',
  since: '0.1.0',
  examples: {
    bad: 'IngestVersion: {Type: AWS::Lambda::Version, DeletionPolicy: Retain}   # one more for each deployment',
    good: 'aws lambda delete-function --function-name ingest --qualifier 17',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  *check({source, codeStorage}) {
    if (codeStorage === undefined || source.kind !== 'account') return;
    const {used, limit} = codeStorage;
    if (used < nearly * limit) return;
    yield {
      message: `${byteSize(used)} of ${byteSize(limit)} are taken`,
      resource: source.region,
      origin: {arn: `arn:aws:lambda:${source.region}:${source.account}:function:*`, region: source.region},
      evidence: {},
    };
  },
});

/** The share from which there may be too little left for the next large deployment. */
const nearly = 0.8;
