import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type KmsOptions, KmsStore} from './store.ts';

export function kmsService(options: KmsOptions): Service<KmsStore> {
  const store = new KmsStore(options);
  return {
    name: 'kms',
    signingNames: ['kms'],
    protocol: {kind: 'json', targetPrefix: 'TrentService', version: '1.1'},
    store,
    operations,
    resourcePolicy: arn => store.policyOf(arn),
  };
}
