import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import type {StsStore} from './store.ts';

/** Keeps nothing of its own: roles are asked for, and credentials are issued, through its options. */
export function stsService(options: StsStore): Service<StsStore> {
  return {
    name: 'sts',
    signingNames: ['sts'],
    protocol: {kind: 'query', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/'},
    store: options,
    operations,
  };
}
