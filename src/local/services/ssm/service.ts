import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type SsmOptions, SsmStore} from './store.ts';

/** Parameter Store: what else Systems Manager does is refused by name. */
export function ssmService(options: SsmOptions): Service<SsmStore> {
  return {
    name: 'ssm',
    signingNames: ['ssm'],
    protocol: {kind: 'json', targetPrefix: 'AmazonSSM', version: '1.1'},
    store: new SsmStore(options),
    operations,
  };
}
