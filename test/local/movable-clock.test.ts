import {expect, test} from 'vitest';
import {movableClock} from '../../src/local/movable-clock.ts';
import type {Collection} from '../../src/local/state.ts';
import {manualClock} from './harness.ts';

const hour = 3_600_000;
const start = Date.parse('2026-01-01T00:00:00Z');

function openClock(machine = manualClock(start)) {
  const kept = new Map<string, number>() as unknown as Collection<number>;
  return {machine, kept, clock: movableClock(machine, kept)};
}

test('what falls due on the way happens at its time and in its order', async () => {
  const {clock} = openClock();
  const seen: string[] = [];
  const note = (what: string) => seen.push(`${what} ${(clock.now() - start) / hour}`);
  clock.after(3 * hour, () => note('late'));
  clock.after(hour, () => {
    note('early');
    clock.after(hour, () => note('between'));
  });
  clock.after(5 * hour, () => note('too late'));
  await clock.advance(4 * hour);
  expect(seen).toEqual(['early 1', 'between 2', 'late 3']);
  expect(clock.now() - start).toBe(4 * hour);
});

test('what remains is due by the machine that much earlier', async () => {
  const {clock, machine} = openClock();
  let times = 0;
  clock.after(5 * hour, () => times++);
  await clock.advance(4 * hour);
  await machine.advance(hour - 1);
  expect(times).toBe(0);
  await machine.advance(1);
  expect(times).toBe(1);
});

test('what was cancelled does not happen', async () => {
  const {clock} = openClock();
  const cancel = clock.after(hour, () => expect.unreachable());
  cancel();
  await clock.advance(2 * hour);
});

test('it stays ahead when it is opened again', async () => {
  const {clock, machine, kept} = openClock();
  await clock.advance(4 * hour);
  const again = movableClock(machine, kept);
  expect(again.now()).toBe(clock.now());
  expect(again.offset).toBe(4 * hour);
});

test('something that repeats by the second does not make ten years long', async () => {
  const {clock} = openClock();
  let times = 0;
  const tick = () => {
    times++;
    clock.after(1000, tick);
  };
  tick();
  await clock.advance(10 * 365 * 24 * hour);
  expect(times).toBeLessThan(6000);
});

test('two moves at once go one after the other', async () => {
  const {clock} = openClock();
  await Promise.all([clock.advance(hour), clock.advance(hour)]);
  expect(clock.offset).toBe(2 * hour);
});

test('a wait longer than timers can count is waited for', async () => {
  const {clock, machine} = openClock();
  let times = 0;
  clock.after(40 * 24 * hour, () => times++);
  await machine.advance(39 * 24 * hour);
  expect(times).toBe(0);
  await machine.advance(2 * 24 * hour);
  expect(times).toBe(1);
});
