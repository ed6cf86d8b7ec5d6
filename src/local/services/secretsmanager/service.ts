import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type SecretsOptions, SecretsStore} from './store.ts';

export function secretsManagerService(options: SecretsOptions): Service<SecretsStore> {
  const store = new SecretsStore(options);
  return {
    name: 'secretsmanager',
    signingNames: ['secretsmanager'],
    protocol: {kind: 'json', targetPrefix: 'secretsmanager', version: '1.1'},
    store,
    operations,
    resourcePolicy: arn => store.find(arn)?.policy,
  };
}
