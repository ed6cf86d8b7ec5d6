import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import type {TaggingStore} from './store.ts';

/** Keeps nothing: tags belong to the services of what carries them. They are changed there, and found here. */
export function taggingService(store: TaggingStore): Service<TaggingStore> {
  return {
    name: 'tag',
    signingNames: ['tagging'],
    protocol: {kind: 'json', targetPrefix: 'ResourceGroupsTaggingAPI_20170126', version: '1.1'},
    store,
    operations,
  };
}
