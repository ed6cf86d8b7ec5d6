import {times} from '../model/counted.ts';
import {duration} from './units.ts';

/** While a call is made again and again. */
export function retryLine({call, trouble, asked, milliseconds}: RepeatedCall): string {
  const what = {
    throttled: `AWS throttles ${call}`,
    unavailable: `AWS has trouble of its own with ${call}`,
    'connection-lost': `The connection for ${call} was lost`,
    'no-answer': `Nothing answers to ${call}`,
  }[trouble];
  return `${what}. It was asked ${times(asked)} in ${duration(milliseconds)}; gear asks again.`;
}

interface RepeatedCall {
  readonly call: string;
  readonly trouble: 'throttled' | 'unavailable' | 'connection-lost' | 'no-answer';
  readonly asked: number;
  readonly milliseconds: number;
}
