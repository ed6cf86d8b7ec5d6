import type {Clock} from '../../clock.ts';
import {numberOf} from './attributes.ts';
import type {Entry} from './entry.ts';
import type {Queue} from './queue.ts';
import type {SqsStore} from './store.ts';

interface Wish {
  readonly most: number;
  readonly visibilityTimeout?: number | undefined;
  readonly waitSeconds?: number | undefined;
  readonly signal: AbortSignal;
}

/** Waits up to `waitSeconds` for the first message, and is woken as soon as there is one. */
export async function receive(store: SqsStore, queue: Queue, wish: Wish): Promise<Entry[]> {
  const {attributes} = queue.record;
  const wait = wish.waitSeconds ?? numberOf(attributes, 'ReceiveMessageWaitTimeSeconds');
  const hidden = (wish.visibilityTimeout ?? numberOf(attributes, 'VisibilityTimeout')) * 1000;
  const until = store.clock.now() + wait * 1000;
  for (;;) {
    if (wish.signal.aborted || store.closed) return [];
    store.named(queue.name);
    const now = store.clock.now();
    const taken = store.receive(queue, wish.most, now + hidden);
    if (taken.length > 0 || now >= until) return taken;
    await arrival(queue, store.clock, until, wish.signal);
  }
}

/** Resolves when a message may be there, at `until`, or when the caller has gone. */
function arrival(queue: Queue, clock: Clock, until: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const wake = () => {
      cancel();
      queue.waiters.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const next = Math.min(until, queue.nextVisibleAt() ?? until);
    const cancel = clock.after(Math.max(0, next - clock.now()), wake);
    queue.waiters.add(wake);
    signal.addEventListener('abort', wake);
  });
}
