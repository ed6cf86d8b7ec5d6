import type {Service} from '../../operation.ts';
import {startExpiry} from './expiry.ts';
import {operations} from './operations/index.ts';
import {type S3Options, S3Store} from './store.ts';

export function s3Service(options: S3Options): Service<S3Store> {
  const store = new S3Store(options);
  const stopExpiry = startExpiry(store);
  return {
    name: 's3',
    signingNames: ['s3'],
    protocol: {kind: 'rest-xml'},
    store,
    operations,
    resourcePolicy(arn) {
      const [, name = ''] = /^arn:aws:s3:::([^/]+)/.exec(arn) ?? [];
      const policy = store.find(name)?.policy;
      return policy === undefined ? undefined : JSON.parse(policy);
    },
    close: stopExpiry,
  };
}
