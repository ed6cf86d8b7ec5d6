import {ServiceError} from '../../service-error.ts';
import type {ChangeSet} from './model.ts';
import type {CloudFormationStore} from './store.ts';

/** Of a nested stack: the stack it is a resource of, and the one at the top. */
export interface Nesting {
  readonly ParentId?: string;
  readonly RootId?: string;
}

export function nestingOf(stackId: string, store: CloudFormationStore): Nesting {
  const parent = store
    .stacks()
    .find(({resources}) =>
      Object.values(resources).some(
        ({type, physicalId}) => type === 'AWS::CloudFormation::Stack' && physicalId === stackId,
      ),
    );
  if (parent === undefined) return {};
  const {RootId = parent.stackId} = nestingOf(parent.stackId, store);
  return {ParentId: parent.stackId, RootId};
}

/** The change set of a nested stack is nothing by itself. */
export function requireRoot({changeSetId, rootChangeSetId}: ChangeSet, verb: 'execute' | 'delete'): void {
  if (rootChangeSetId !== undefined)
    throw new ServiceError(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSetId}] is of a nested stack: ${verb} its root change set [${rootChangeSetId}]`,
    );
}
