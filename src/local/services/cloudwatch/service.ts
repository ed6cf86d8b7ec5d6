import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type CloudwatchOptions, CloudwatchStore} from './store.ts';

/** Current clients speak JSON; older ones spoke Query, and some speak CBOR: those are refused. */
export function cloudwatchService(options: CloudwatchOptions): Service<CloudwatchStore> {
  const store = new CloudwatchStore(options);
  return {
    name: 'cloudwatch',
    signingNames: ['monitoring'],
    protocol: {
      kind: 'json',
      targetPrefix: 'GraniteServiceVersion20100801',
      version: '1.0',
      errorPrefix: 'com.amazonaws.cloudwatch#',
    },
    store,
    operations,
    close: () => store.close(),
  };
}
