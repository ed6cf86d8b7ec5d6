import {expect, test} from 'vitest';
import type {StackEvent} from '../../src/deploy/events.ts';
import {freedStacks} from '../../src/deploy/freed-stacks.ts';

const arn = (path: string) => `arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-${path}/1`;

/** Of a nested stack: what the stack above says of it, or, with `isStack`, what it says itself. */
function event(path: string, status: string, reason?: string, isStack = false): StackEvent {
  return {
    type: 'stack-event',
    id: `${path} ${status}`,
    time: new Date(0),
    operationId: undefined,
    clientRequestToken: undefined,
    within: isStack ? [path] : [],
    logicalId: isStack ? `shop-${path}` : path,
    physicalId: arn(path),
    resourceType: 'AWS::CloudFormation::Stack',
    status,
    reason,
    code: undefined,
    isStack,
    detail: undefined,
    hook: undefined,
  };
}

const inUse = 'Export rows cannot be deleted as it is in use by shop-Report';
const cancelled = 'Delete canceled. Cannot delete export rows as it is in use by shop-Report';

test.each<[string, readonly StackEvent[], readonly string[]]>([
  // It is back in the state that it was in before.
  [
    'whose importer has gone',
    [event('Rows', 'CREATE_COMPLETE', inUse, true), event('Report', 'DELETE_COMPLETE')],
    ['Rows'],
  ],
  [
    'of which only the stack above tells',
    [event('Rows', 'DELETE_FAILED', cancelled), event('Report', 'DELETE_COMPLETE')],
    ['Rows'],
  ],
  ['whose importer stands', [event('Rows', 'DELETE_FAILED', inUse), event('Report', 'DELETE_FAILED')], []],
  [
    'which fails for something else',
    [event('Rows', 'DELETE_FAILED', 'denied'), event('Report', 'DELETE_COMPLETE')],
    [],
  ],
])('a nested stack %s', (_, events, freed) => {
  expect(freedStacks(events).map(({path}) => path)).toEqual(freed);
});
