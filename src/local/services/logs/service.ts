import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type LogsOptions, LogsStore} from './store.ts';

export function logsService(options: LogsOptions): Service<LogsStore> {
  const store = new LogsStore(options);
  return {
    name: 'logs',
    signingNames: ['logs'],
    protocol: {kind: 'json', targetPrefix: 'Logs_20140328', version: '1.1'},
    store,
    operations,
    close: () => store.close(),
  };
}
