import {randomBytes} from 'node:crypto';

/** The X-Ray header of an invocation, which nobody samples here. */
export function traceId(time: number): string {
  const epoch = Math.floor(time / 1000)
    .toString(16)
    .padStart(8, '0');
  const random = randomBytes(20).toString('hex');
  return `Root=1-${epoch}-${random.slice(0, 24)};Parent=${random.slice(24)};Sampled=0`;
}
