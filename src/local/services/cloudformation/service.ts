import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type CloudFormationOptions, CloudFormationStore} from './store.ts';

/** Answers nothing until a stack engine is attached to its store. */
export function cloudformationService(options: CloudFormationOptions): Service<CloudFormationStore> {
  return {
    name: 'cloudformation',
    signingNames: ['cloudformation'],
    protocol: {
      kind: 'query',
      version: '2010-05-15',
      namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    },
    store: new CloudFormationStore(options),
    operations,
  };
}
