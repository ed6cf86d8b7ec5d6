import {expect, test} from 'vitest';
import type {DestroyEvent} from '../../src/deploy/destroy-stack.ts';
import {type DestructionPhase, phaseAfter} from '../../src/deploy/destruction-phase.ts';
import {interruptedText} from '../../src/report/destroy.ts';

const emptying: DestroyEvent = {type: 'emptying', bucket: 'inbox', versions: 1, uploads: 0};
const deleting: DestroyEvent = {type: 'deleting', stackName: 'orders', resources: 2};
const stopped = (heard: 'nothing' | 'maybe' | 'deletes'): DestroyEvent => ({type: 'interrupted', heard});
const refilled: DestroyEvent = {type: 'written-to', logicalId: 'Inbox'};

test.each<[string, readonly DestroyEvent[], string]>([
  ['before anything', [], 'Nothing was deleted.'],
  ['while buckets are emptied', [emptying, emptying], 'The stack orders stands; what was taken out of its buckets is'],
  [
    'while CloudFormation deletes',
    [emptying, deleting, stopped('deletes')],
    'CloudFormation goes on deleting orders; the same command',
  ],
  ['before CloudFormation was heard of', [deleting, stopped('nothing')], 'Nothing was deleted.'],
  ['when no answer came', [deleting, stopped('maybe')], 'Whether CloudFormation deletes orders is not known'],
  ['while somebody else does', [{type: 'overtaken', stackName: 'orders'}], 'CloudFormation goes on deleting orders'],
  [
    'while a bucket is emptied again',
    [emptying, deleting, refilled, emptying, deleting, stopped('nothing')],
    'The stack orders is in DELETE_FAILED, and part of it is gone',
  ],
  [
    'while it is deleted again',
    [deleting, refilled, emptying, deleting, stopped('deletes')],
    'CloudFormation goes on deleting orders',
  ],
])('an interruption %s says what is left', (_, events, text) => {
  const phase = events.reduce<DestructionPhase>((before, event) => phaseAfter(event, before), 'untouched');
  expect(interruptedText('orders', phase)).toContain(`Interrupted. ${text}`);
});
