import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openState, type State} from '../../src/local/state.ts';

let folder: string;
let state: State;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-state-'));
  state = openState(folder);
});

afterEach(() => {
  state.close();
  rmSync(folder, {recursive: true, force: true});
});

function reopen(): State {
  state.close();
  state = openState(folder);
  return state;
}

describe('a collection', () => {
  it('finds its documents again after it was closed', () => {
    const queues = state.collection<{visibilityTimeout: number}>('queues');
    queues.set('orders', {visibilityTimeout: 30});
    queues.set('orders', {visibilityTimeout: 60});
    queues.set('gone', {visibilityTimeout: 1});
    expect(queues.delete('gone')).toBe(true);
    expect(queues.delete('gone')).toBe(false);
    expect([...reopen().collection('queues').entries()]).toEqual([['orders', {visibilityTimeout: 60}]]);
  });

  it('is another one for every name, however alike the names are', () => {
    state.collection('sqs.queues').set('orders', 1);
    expect(state.collection('sqs-queues').has('orders')).toBe(false);
    expect(state.collection('sqs"queues').size).toBe(0);
  });
});

describe('a transaction', () => {
  it('takes back what it changed in memory and on disk when it throws', () => {
    const rows = state.collection<number>('rows');
    rows.set('kept', 1);
    rows.set('changed', 1);
    const failing = () =>
      state.transaction(() => {
        rows.set('changed', 2);
        rows.set('changed', 3);
        rows.set('added', 1);
        rows.delete('kept');
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    const before = {kept: 1, changed: 1};
    expect(Object.fromEntries(rows.entries())).toEqual(before);
    expect(Object.fromEntries(reopen().collection<number>('rows').entries())).toEqual(before);
  });

  it('leaves a collection that was opened in it usable after it failed', () => {
    let late = state.collection<number>('early');
    expect(() =>
      state.transaction(() => {
        late = state.collection<number>('late');
        late.set('a', 1);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(late.size).toBe(0);
    late.set('b', 2);
    expect([...reopen().collection('late').entries()]).toEqual([['b', 2]]);
  });

  it('joins the transaction it is called in', () => {
    const rows = state.collection<number>('rows');
    expect(() =>
      state.transaction(() => {
        state.transaction(() => rows.set('inner', 1));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(rows.has('inner')).toBe(false);
  });
});

describe('a journal', () => {
  it('reads by key, time and position, oldest first', () => {
    const events = state.journal<string>('events');
    events.append('a', 10, 'first');
    events.append('b', 20, 'second');
    events.append('a', 30, 'third');
    const texts = (filter?: Parameters<typeof events.read>[0]) => events.read(filter).map(({entry}) => entry);
    expect(texts()).toEqual(['first', 'second', 'third']);
    expect(texts({key: 'a'})).toEqual(['first', 'third']);
    expect(texts({from: 20, to: 30})).toEqual(['second']);
    expect(texts({after: events.read()[0]!.sequence, limit: 1})).toEqual(['second']);
    events.deleteKey('a');
    expect(texts()).toEqual(['second']);
  });
});

it('loses nothing it acknowledged when its process is killed', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('state-writer.ts', import.meta.url)), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    acknowledged = Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1));
    if (acknowledged > 200) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  reopen();
  expect(state.collection<number>('numbers').size).toBeGreaterThanOrEqual(acknowledged);
  expect(state.journal('numbers').read().length).toBe(state.collection('numbers').size);
});
