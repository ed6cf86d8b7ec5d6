import type {PermissionRequest} from '../../operation.ts';
import {type EventBridgeStore, nameOfBus} from './store.ts';

export function onBus(action: string, nameOrArn: string | undefined, store: EventBridgeStore): PermissionRequest {
  return {action: `events:${action}`, resource: store.busArn(nameOfBus(nameOrArn ?? 'default'))};
}

export function onRule(
  action: string,
  name: string,
  bus: string | undefined,
  store: EventBridgeStore,
): PermissionRequest {
  return {action: `events:${action}`, resource: store.ruleArn(nameOfBus(bus ?? 'default'), name)};
}
