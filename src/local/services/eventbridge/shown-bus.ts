import type {EventBus} from './records.ts';
import type {EventBridgeStore} from './store.ts';

export function shownBus({name, description, policy, createdAt, modifiedAt}: EventBus, store: EventBridgeStore) {
  return {
    Name: name,
    Arn: store.busArn(name),
    Description: description,
    Policy: policy,
    CreationTime: new Date(createdAt),
    LastModifiedTime: new Date(modifiedAt),
  };
}
