import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import type {S3Store} from '../store.ts';

export const listBuckets = operationOf<S3Store>()({
  name: 'ListBuckets',
  input: structure({Prefix: string, MaxBuckets: integer, ContinuationToken: string, BucketRegion: string}),
  http: {
    method: 'GET',
    path: '/',
    query: {
      Prefix: 'prefix',
      MaxBuckets: 'max-buckets',
      ContinuationToken: 'continuation-token',
      BucketRegion: 'bucket-region',
    },
    responseRoot: 'ListAllMyBucketsResult',
  },
  permissions: () => [{action: 's3:ListAllMyBuckets', resource: '*'}],
  run({Prefix: prefix = '', MaxBuckets: most = 10_000, ContinuationToken: token, BucketRegion}, {region}, store) {
    const after = token === undefined ? '' : Buffer.from(token, 'base64url').toString();
    const buckets = [...store.buckets()]
      .filter(({name}) => name.startsWith(prefix) && name > after && (BucketRegion ?? region) === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = buckets.slice(0, most);
    return {
      Owner: store.owner(),
      Buckets: {
        Bucket: page.map(({name, createdAt}) => ({
          Name: name,
          CreationDate: new Date(createdAt),
          BucketRegion: region,
          BucketArn: `arn:aws:s3:::${name}`,
        })),
      },
      Prefix: prefix === '' ? undefined : prefix,
      ContinuationToken:
        page.length < buckets.length ? Buffer.from(page.at(-1)?.name ?? '').toString('base64url') : undefined,
    };
  },
});
