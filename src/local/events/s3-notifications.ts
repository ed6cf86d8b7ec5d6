import type {Access} from '../access/access.ts';
import type {Caller} from '../caller.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import {ServiceError} from '../service-error.ts';

/** An event of a bucket on its way to a queue. */
interface S3Notification {
  readonly id: string;
  readonly bucketArn: string;
  readonly queueArn: string;
  readonly body: string;
}

/** Where S3 keeps the events that have not been delivered yet. */
interface S3Outbox {
  pending(): readonly S3Notification[];
  onAnnounce(listener: () => void): () => void;
  delivered(notification: S3Notification): void;
  drop(notification: S3Notification, time: number, reason: string): void;
}

export interface S3NotificationsOptions {
  /** The `outbox` of the S3 service's store. */
  readonly outbox: S3Outbox;
  readonly access: Access;
  readonly clock: Clock;
  readonly account: string;
  readonly disorder?: Disorder | undefined;
  /** Told when an event is given up, besides the outbox's own record. */
  readonly onWarning?: (warning: string) => void;
}

export interface S3Notifications {
  /** Ends once what is being sent has been answered; the rest stays for the next start. */
  stop(): Promise<void>;
}

/**
 * Delivers what the outbox holds, also from before a restart, as S3 itself: the queue's policy must let it in.
 * An event is taken away after its queue has it, so a kill in between sends it twice, as S3 may.
 */
export function startS3Notifications(options: S3NotificationsOptions): S3Notifications {
  const {outbox, clock} = options;
  const waiting = new Map<string, {readonly attempts: number; readonly until: number}>();
  let stopped = false;
  let running: Promise<void> | undefined;
  let again = false;
  let cancelTimer = () => {};

  const run = async () => {
    do {
      again = false;
      for (const notification of outbox.pending()) {
        if (stopped) return;
        const earlier = waiting.get(notification.id);
        if (earlier !== undefined && earlier.until > clock.now()) continue;
        const attempts = (earlier?.attempts ?? 0) + 1;
        const outcome = await deliver(options, notification, attempts);
        if (outcome === 'retry') waiting.set(notification.id, {attempts, until: clock.now() + delayAfter(attempts)});
        else waiting.delete(notification.id);
      }
    } while (again && !stopped);
  };
  const wake = () => {
    if (stopped) return;
    again = true;
    if (running !== undefined) return;
    cancelTimer();
    running = run().finally(() => {
      running = undefined;
      const next = Math.min(...[...waiting.values()].map(({until}) => until));
      if (!stopped && Number.isFinite(next)) cancelTimer = clock.after(Math.max(0, next - clock.now()), wake);
    });
  };

  const forget = outbox.onAnnounce(wake);
  wake();
  return {
    async stop() {
      stopped = true;
      forget();
      cancelTimer();
      await running;
    },
  };
}

const mostAttempts = 12;

/** 1 s, 2 s, 4 s ... up to five minutes. */
function delayAfter(attempts: number): number {
  return Math.min(1000 * 2 ** (attempts - 1), 300_000);
}

async function deliver(
  {outbox, access, clock, account, disorder, onWarning}: S3NotificationsOptions,
  notification: S3Notification,
  attempts: number,
): Promise<'done' | 'retry'> {
  const {bucketArn, queueArn, body} = notification;
  const caller: Caller = {
    kind: 'service',
    principal: 's3.amazonaws.com',
    sourceArn: bucketArn,
    sourceAccount: account,
  };
  try {
    const name = queueArn.slice(queueArn.lastIndexOf(':') + 1);
    const tell = () => access.call(caller, 'sqs', 'SendMessage', {QueueUrl: `/${account}/${name}`, MessageBody: body});
    await tell();
    if (disorder?.repeats(queueArn)) await tell();
    outbox.delivered(notification);
    return 'done';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const gone = error instanceof ServiceError && error.code === 'QueueDoesNotExist';
    if (!gone && attempts < mostAttempts) return 'retry';
    outbox.drop(notification, clock.now(), reason);
    onWarning?.(`S3 gave up telling ${queueArn} of an event of ${bucketArn} (attempt ${attempts}): ${reason}`);
    return 'done';
  }
}
