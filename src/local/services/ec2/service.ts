import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';

/**
 * There is no network here: EC2 says only whether a role may do what Lambda does with it to put a function into a
 * VPC. No client reaches it, since nothing is signed for it.
 */
export function ec2Service(): Service<undefined> {
  return {
    name: 'ec2',
    signingNames: [],
    protocol: {kind: 'query', version: '2016-11-15', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/'},
    store: undefined,
    operations,
  };
}
