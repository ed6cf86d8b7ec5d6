import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type IamOptions, IamStore} from './store.ts';

/** The store is the `Identity` that access asks. */
export function iamService(options: IamOptions): Service<IamStore> {
  const store = new IamStore(options);
  return {
    name: 'iam',
    signingNames: ['iam'],
    protocol: {kind: 'query', version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/'},
    store,
    operations,
    resourcePolicy: arn => store.trustPolicy(arn),
  };
}
