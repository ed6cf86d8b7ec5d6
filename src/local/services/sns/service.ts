import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type SnsOptions, SnsStore} from './store.ts';

export function snsService(options: SnsOptions): Service<SnsStore> {
  const store = new SnsStore(options);
  return {
    name: 'sns',
    signingNames: ['sns'],
    protocol: {kind: 'query', version: '2010-03-31', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/'},
    store,
    operations,
    // The default policy speaks of aws:SourceOwner, which no request of today carries: it lets in nobody.
    resourcePolicy: arn => store.topics.get(arn)?.attributes.Policy,
  };
}
