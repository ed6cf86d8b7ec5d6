import {operationOf} from '../../../operation.ts';
import {structure} from '../../../shape.ts';
import {unreserved} from '../concurrency.ts';
import type {LambdaStore} from '../store.ts';
import {maximumUnzippedSize} from '../unzip.ts';

export const getAccountSettings = operationOf<LambdaStore>()({
  name: 'GetAccountSettings',
  input: structure({}),
  http: {method: 'GET', path: '/2016-08-19/account-settings'},
  permissions: () => [{action: 'lambda:GetAccountSettings', resource: '*'}],
  run(_input, _context, store) {
    const records = [...store.functions.values()];
    const versions = [...records.map(({latest}) => latest), ...store.versions.values()];
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: maximumUnzippedSize,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: store.options.runtime.concurrentExecutions,
        UnreservedConcurrentExecutions: unreserved(store),
      },
      AccountUsage: {
        TotalCodeSize: versions.reduce((sum, {CodeSize}) => sum + CodeSize, 0),
        FunctionCount: records.length,
      },
    };
  },
});
