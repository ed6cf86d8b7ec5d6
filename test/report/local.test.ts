import {expect, it} from 'vitest';
import {startedText, statusText} from '../../src/report/local.ts';

const connection = {endpoint: 'http://127.0.0.1:4566', account: '000000000000', region: 'us-east-1', pid: 42};

it('says where the embedded AWS is, and what is deployed on it', () => {
  const status = {
    ...connection,
    version: '0.1.0',
    startedAt: '2026-01-01T00:00:00.000Z',
    time: {now: '2026-01-01T00:02:05.000Z', ahead: 0},
    services: ['s3', 'sqs'],
    stacks: [
      {name: 'orders', status: 'CREATE_COMPLETE'},
      {name: 'orders-dev', status: 'UPDATE_COMPLETE'},
      {name: 'gear-artifacts', status: 'CREATE_COMPLETE'},
    ],
    functions: [
      {name: 'orders-Ingest-ABC', logicalId: 'Ingest', stackName: 'orders'},
      {name: 'orders-dev-Ingest-DEF', logicalId: 'Ingest', stackName: 'orders-dev'},
      {name: 'by-hand'},
    ],
  };
  const now = Date.parse('2026-01-01T00:02:05Z');
  expect(statusText(status, now)).toBe(
    [
      'endpoint   http://127.0.0.1:4566',
      'account    000000000000, region us-east-1',
      'process    42, up 2 min 5 s, gear 0.1.0',
      'services   s3, sqs',
      'stacks     orders (CREATE_COMPLETE): Ingest',
      '           orders-dev (UPDATE_COMPLETE): Ingest',
      '           gear-artifacts (CREATE_COMPLETE)',
      'functions  by-hand',
    ].join('\n'),
  );
  expect(
    statusText({...status, time: {now: '2026-01-01T01:32:05.000Z', ahead: 5_400_000}, chaos: 'seven'}, now).split('\n'),
  ).toEqual(
    expect.arrayContaining([
      'time       2026-01-01T01:32:05.000Z, 1 h 30 min ahead of this machine',
      'chaos      seed seven: duplicates, delays, throttles and killed handlers are made on purpose',
    ]),
  );
  expect(statusText({...status, stacks: [], functions: []}, now)).toMatch(/stacks {5}none$/);
});

it('says whether it was started or ran already', () => {
  const where = 'at http://127.0.0.1:4566 (account 000000000000, region us-east-1)';
  expect(startedText(connection, true)).toBe(`gear local is ready ${where}`);
  expect(startedText(connection, false)).toBe(`gear local already runs ${where}`);
});
