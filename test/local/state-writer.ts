import {openState} from '../../src/local/state.ts';

/** Writes without end and says after each write which one it was, until it is killed. */
const state = openState(process.argv[2]!);
const numbers = state.collection<number>('numbers');
const journal = state.journal<number>('numbers');
for (let number = 1; ; number++) {
  state.transaction(() => {
    numbers.set(String(number), number);
    journal.append('all', number, number);
  });
  process.stdout.write(`${number}\n`);
}
