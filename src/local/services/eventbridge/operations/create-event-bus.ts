import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {invalid} from '../errors.ts';
import {onBus} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';
import {tagged} from '../tags.ts';

export const createEventBus = operationOf<EventBridgeStore>()({
  name: 'CreateEventBus',
  input: structure({Name: required(string), Description: string, Tags: tagList}),
  permissions: ({Name, Tags}, _context, store) => [
    onBus('CreateEventBus', Name, store),
    ...(Tags?.length ? [onBus('TagResource', Name, store)] : []),
  ],
  run({Name, Description, Tags = []}, {clock}, store) {
    if (!/^[\w.-]{1,256}$/.test(Name)) throw invalid(`Event bus name '${Name}' is not valid.`);
    if (store.buses.has(Name))
      throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
    const now = clock.now();
    store.buses.set(Name, {
      name: Name,
      description: Description,
      tags: tagged({}, Tags),
      createdAt: now,
      modifiedAt: now,
    });
    return {EventBusArn: store.busArn(Name), Description};
  },
});
