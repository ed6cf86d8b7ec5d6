import {exitCodes} from '../errors.ts';

/** Of several services that ended each in its own way: a bug decides, then an interruption, a failure, an approval that is missing. */
export function worstExit(codes: readonly number[]): number {
  const order = [exitCodes.bug, exitCodes.interrupted, exitCodes.failed, exitCodes.approval, exitCodes.findings];
  return order.find(code => codes.includes(code)) ?? exitCodes.ok;
}
