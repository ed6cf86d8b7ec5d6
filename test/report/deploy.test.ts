import {expect, test} from 'vitest';
import type {DeployEvent} from '../../src/deploy/events.ts';
import {notStarted} from '../../src/deploy/progress.ts';
import {countText, eventLine} from '../../src/report/deploy.ts';

const plain = (text: string) => text;
const paint = {bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain};
const line = (event: DeployEvent) => eventLine(event, notStarted, paint);

test('an upload is shown with the beginning of its hash', () => {
  const key = `orders/IngestFunction/${'9cb585c1b18e'.padEnd(64, '0')}.zip`;
  expect(line({type: 'uploaded', key, bytes: 196_800, existed: false})).toBe(
    '  orders/IngestFunction/9cb585c1b18e.zip  192 KB',
  );
  expect(line({type: 'uploaded', key, bytes: 196_800, existed: true})).toBe(
    '  orders/IngestFunction/9cb585c1b18e.zip  is there already',
  );
});

test('resources are counted without a total where no change set tells of one', () => {
  const of = (done: number, total: number) => ({...notStarted, done, total});
  const status = 'CREATE_COMPLETE';
  const event = {within: [], logicalId: 'Queue', resourceType: 'AWS::SQS::Queue', status, isStack: false};
  const stackEvent = {type: 'stack-event', ...event} as unknown as DeployEvent;
  expect(eventLine(stackEvent, of(2, 0), paint)).toBe('  [2] CREATE_COMPLETE  Queue  AWS::SQS::Queue');
  expect(eventLine(stackEvent, of(2, 3), paint)).toMatch(/^ {2}\[2\/3\] /);
  expect([of(1, 0), of(0, 0), of(1, 3)].map(countText)).toEqual([
    '1 resource done',
    '0 resources done',
    '1 of 3 resources',
  ]);
});

test('traffic that is shifted is shown with its version', () => {
  expect(line({type: 'traffic', logicalId: 'LiveAlias', version: '3', weight: 0.1})).toBe(
    '  LiveAlias  10 % on version 3',
  );
});
