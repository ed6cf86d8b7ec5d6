import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type LambdaOptions, LambdaStore} from './store.ts';

export function lambdaService(options: LambdaOptions): Service<LambdaStore> {
  const store = new LambdaStore(options);
  return {
    name: 'lambda',
    signingNames: ['lambda'],
    protocol: {kind: 'rest-json'},
    store,
    operations,
    resourcePolicy(arn) {
      const policy = store.policies.get(arn.split(':').slice(6).join(':'));
      return policy && {Version: '2012-10-17', Id: 'default', Statement: policy.statements};
    },
  };
}
