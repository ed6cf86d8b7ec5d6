import type {Delivery, Message} from './message.ts';

/** A message in its queue. */
export interface Entry {
  message: Message;
  delivery?: Delivery;
  /** When it may be (or could have been) received. */
  visibleAt: number;
  place: 'ready' | 'delayed' | 'inFlight' | 'gone';
}
