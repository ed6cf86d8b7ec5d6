import {createHash} from 'node:crypto';
import {type Asked, type Fault, faults} from './flaky-way.ts';

/** Every call fails at first, each in the next way; `offset` begins with another one. */
export function firstInTurn(offset: number): (asked: Asked) => Fault | undefined {
  let place = offset;
  return ({attempt}) => (attempt === 1 ? faults[place++ % faults.length] : undefined);
}

/** Drawn from a seed, each request by its place. */
export function seededFaults(seed: number, share: number): (asked: Asked) => Fault | undefined {
  let place = 0;
  return () => {
    const draw = createHash('sha256').update(`${seed} ${place++}`).digest().readUInt32BE(0) / 2 ** 32;
    return draw < share ? faults[Math.floor((draw / share) * faults.length)] : undefined;
  };
}
