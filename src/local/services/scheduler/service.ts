import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type SchedulerOptions, SchedulerStore} from './store.ts';

export function schedulerService(options: SchedulerOptions): Service<SchedulerStore> {
  const store = new SchedulerStore(options);
  return {
    name: 'scheduler',
    signingNames: ['scheduler'],
    protocol: {kind: 'rest-json'},
    store,
    operations,
    close: () => store.close(),
  };
}
