import {appendFileSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openDecisionLog} from '../../../src/local/access/decision-log.ts';
import type {RecordedDecision} from '../../../src/local/access/recorded-decision.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-decisions-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

function decision(requestId: string): RecordedDecision {
  return {time: 0, requestId, caller: 'é', action: 'a:B', resource: '*', allowed: true, matched: []};
}

const ids = (entries: {entry: RecordedDecision}[]) => entries.map(({entry}) => entry.requestId);

test('reads on from any entry, also after it was opened again', () => {
  let log = openDecisionLog(folder);
  for (const id of ['1', '2', '3']) log.append(decision(id));
  const [first, second] = log.read({limit: 2});
  expect(ids(log.read({after: first!.sequence}))).toEqual(['2', '3']);
  expect(ids(log.read({after: first!.sequence + 5}))).toEqual(['3']);
  log.close();
  log = openDecisionLog(folder);
  log.append(decision('4'));
  expect(ids(log.read({after: second!.sequence}))).toEqual(['3', '4']);
  expect(log.read().at(-1)!.sequence).toBe(log.end);
  log.close();
});

test('starts a new file when one is full, and lets the oldest go', () => {
  const log = openDecisionLog(folder, {segmentBytes: 150, segments: 2});
  for (let id = 1; id <= 9; id++) log.append(decision(String(id)));
  expect(readdirSync(folder)).toHaveLength(2);
  const entries = log.read();
  expect(ids(entries)).toEqual(['7', '8', '9'].slice(-entries.length));
  expect(entries.length).toBeGreaterThan(1);
  expect(ids(log.read({after: entries[0]!.sequence}))).toEqual(ids(entries.slice(1)));
  log.close();
});

test('passes over what a disk has lost of a line, and reads on', () => {
  let log = openDecisionLog(folder);
  log.append(decision('1'));
  log.close();
  appendFileSync(join(folder, readdirSync(folder)[0]!), '\0\0\0\0\n{"time": 0}\nnull\n');
  log = openDecisionLog(folder);
  log.append(decision('2'));
  expect(ids(log.read())).toEqual(['1', '2']);
  expect(log.read().at(-1)!.sequence).toBe(log.end);
  log.close();
});

test('drops half a line that a power failure left', () => {
  let log = openDecisionLog(folder);
  log.append(decision('1'));
  log.close();
  appendFileSync(join(folder, readdirSync(folder)[0]!), '{"time":0,"requ');
  log = openDecisionLog(folder);
  log.append(decision('2'));
  expect(ids(log.read())).toEqual(['1', '2']);
  log.close();
});
