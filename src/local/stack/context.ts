import type {Stack, StackResource} from '../services/cloudformation/model.ts';
import {naming} from './failure.ts';
import {physicalName} from './physical-name.ts';
import type {ResourceContext} from './resource-type.ts';
import type {Run} from './run.ts';

export interface Notes {
  /** The name that the resource is going to have. */
  intended(name: string): void;
  created(id: string): void;
  awaiting(id: string, reason: string): void;
}

interface UpdateContext {
  readonly updatePolicy?: unknown;
  readonly awaited?: string | undefined;
}

/** What a resource handler works with: calls are made as whoever deploys. */
export function resourceContext(
  {stackId, stackName, caller, target, deployed}: Stack,
  {logicalId}: Pick<StackResource, 'logicalId'>,
  run: Run,
  notes: Notes,
  {updatePolicy, awaited}: UpdateContext = {},
): ResourceContext {
  return {
    logicalId,
    stackName,
    stackId,
    account: run.account,
    region: run.region,
    capabilities: (target ?? deployed)?.capabilities ?? [],
    whyItGoesBack: id =>
      run.store.events(id).find(({physicalId, status}) => physicalId === id && status === 'UPDATE_ROLLBACK_IN_PROGRESS')
        ?.statusReason,
    async call(service, operation, input) {
      try {
        return await run.call(caller, service, operation, input);
      } catch (error) {
        throw naming(error, service, operation);
      }
    },
    name(limits) {
      const name = physicalName(stackName, logicalId, limits);
      notes.intended(name);
      return name;
    },
    created: notes.created,
    awaiting: notes.awaiting,
    ...(updatePolicy === undefined ? {} : {updatePolicy}),
    ...(awaited === undefined ? {} : {awaited}),
    pause: milliseconds => run.pause(milliseconds),
    cancelled: () => run.cancelled(stackId),
  };
}

/** For changes and deletions, which give no new names. */
export const noNotes: Notes = {intended: () => {}, created: () => {}, awaiting: () => {}};
