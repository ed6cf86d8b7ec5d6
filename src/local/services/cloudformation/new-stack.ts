import {randomUUID} from 'node:crypto';
import type {RequestContext} from '../../operation.ts';
import type {Stack} from './model.ts';
import {actingAs} from './stack-role.ts';
import type {CloudFormationStore} from './store.ts';
import {invalid} from './submission.ts';

/** A stack that holds nothing yet; not saved. */
export function newStack(store: CloudFormationStore, stackName: string, context: RequestContext): Stack {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName))
    throw invalid(
      `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  return {
    stackId: store.arn('stack', stackName),
    stackName,
    status: 'REVIEW_IN_PROGRESS',
    created: store.now(),
    terminationProtection: false,
    onFailure: 'ROLLBACK',
    caller: context.caller,
    operationId: randomUUID(),
    parameters: [],
    outputs: [],
    imports: [],
    resources: {},
    doomed: [],
  };
}

/** The members that every new operation on a stack sets anew. */
export function newOperation(
  context: RequestContext,
  {
    clientRequestToken,
    roleArn,
  }: {readonly clientRequestToken?: string | undefined; readonly roleArn?: string | undefined},
): Partial<Stack> {
  return {
    caller: actingAs(context.caller, roleArn),
    ...(roleArn === undefined ? {} : {roleArn}),
    operationId: randomUUID(),
    ...(clientRequestToken === undefined ? {} : {clientRequestToken}),
  };
}

const updatable: ReadonlySet<Stack['status']> = new Set([
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
]);

export function requireUpdatable(stack: Stack): void {
  if (!updatable.has(stack.status))
    throw invalid(`Stack:${stack.stackId} is in ${stack.status} state and can not be updated.`);
}
