import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {DeliveredAttribute, Deliveries, Delivery, DeliveryTarget} from '../deliveries.ts';
import type {Disorder} from '../disorder.ts';
import {ServiceError} from '../service-error.ts';
import {queueUrl} from '../services/lambda/mapping.ts';

export interface DeliverOptions {
  readonly deliveries: Deliveries;
  readonly access: Access;
  readonly clock: Clock;
  readonly endpoint: () => string;
  readonly disorder?: Disorder | undefined;
  /** What ends in nobody's hands. */
  readonly onWarning?: (warning: string) => void;
}

/**
 * Works off what SNS, EventBridge, Scheduler and CloudWatch owe, as them or with the role they were given. Something is
 * taken away after its target has it, so a kill in between sends it twice, as AWS may.
 */
export function startDeliveries(options: DeliverOptions): {close(): Promise<void>} {
  const {deliveries, clock} = options;
  let cancelTimer = () => {};
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const run = async () => {
    do {
      again = false;
      for (const delivery of deliveries.pending()) {
        if (closed) return;
        if (delivery.notBefore <= clock.now()) await attempt(delivery, options);
      }
    } while (again && !closed);
  };
  const wake = () => {
    again = true;
    if (closed || running !== undefined) return;
    cancelTimer();
    // Not at once: a delivery to a topic adds others while this is still being set.
    running = Promise.resolve()
      .then(run)
      .finally(() => {
        running = undefined;
        const next = Math.min(...deliveries.pending().map(({notBefore}) => notBefore));
        if (!closed && Number.isFinite(next)) cancelTimer = clock.after(Math.max(0, next - clock.now()), wake);
      });
  };

  const unsubscribe = deliveries.onAdd(wake);
  wake();
  return {
    async close() {
      closed = true;
      unsubscribe();
      cancelTimer();
      await running;
    },
  };
}

async function attempt(delivery: Delivery, options: DeliverOptions): Promise<void> {
  const {deliveries, clock, disorder} = options;
  try {
    await send(delivery.caller, delivery.target, options);
    if (disorder?.repeats(delivery.target.arn)) await send(delivery.caller, delivery.target, options);
    deliveries.done(delivery);
  } catch (error) {
    const failure = failureOf(error);
    const tries = delivery.failures + 1;
    const due = clock.now() + pauseAfter(tries);
    const exhausted =
      tries > delivery.retry.attempts
        ? 'MaximumRetryAttempts'
        : due - delivery.acceptedAt > delivery.retry.ageSeconds * 1000
          ? 'MaximumEventAgeInSeconds'
          : undefined;
    if (failure.passes && exhausted === undefined) {
      deliveries.postpone(delivery, due);
      return;
    }
    await giveUp(delivery, {...failure, tries, exhausted: failure.passes ? exhausted : undefined}, options);
    deliveries.done(delivery);
  }
}

function send(
  caller: Delivery['caller'],
  target: DeliveryTarget,
  {access, endpoint}: DeliverOptions,
): Promise<unknown> {
  switch (target.kind) {
    case 'queue':
      return access.call(caller, 'sqs', 'SendMessage', {
        QueueUrl: queueUrl(target.arn, endpoint()),
        MessageBody: target.body,
        ...(target.attributes !== undefined && {MessageAttributes: messageAttributes(target.attributes)}),
        ...(target.groupId !== undefined && {MessageGroupId: target.groupId}),
      });
    case 'function':
      return access.call(caller, 'lambda', 'Invoke', {
        FunctionName: target.arn,
        InvocationType: 'Event',
        Payload: Buffer.from(target.payload),
      });
    case 'topic':
      return access.call(caller, 'sns', 'Publish', {
        TopicArn: target.arn,
        Message: target.message,
        ...(target.subject !== undefined && {Subject: target.subject}),
      });
  }
}

function messageAttributes(attributes: Readonly<Record<string, DeliveredAttribute>>) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, {binary, ...attribute}]) => [
      name,
      binary === undefined ? attribute : {...attribute, BinaryValue: Buffer.from(binary, 'base64')},
    ]),
  );
}

interface Failure {
  readonly code: string;
  readonly message: string;
  /** What may be otherwise at the next try; a missing permission or target is not. */
  readonly passes: boolean;
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof ServiceError)) return {code: 'InternalError', message: String(error), passes: true};
  const throttled = /Throttl|TooManyRequests|SlowDown/.test(error.code);
  return {code: error.code, message: error.message, passes: throttled || (error.status >= 500 && error.status !== 501)};
}

/** Twice at once, then 1 s, 2 s, 4 s ... up to a minute. */
function pauseAfter(tries: number): number {
  return tries < 3 ? 0 : Math.min(1000 * 2 ** (tries - 3), 60_000);
}

interface End extends Failure {
  readonly tries: number;
  readonly exhausted: string | undefined;
}

async function giveUp(delivery: Delivery, end: End, options: DeliverOptions): Promise<void> {
  const {target, deadLetter, caller} = delivery;
  const who = caller.kind === 'service' ? caller.principal : caller.roleName;
  const what = `${who} could not deliver to ${target.arn} (${end.code}: ${end.message})`;
  if (deadLetter === undefined) {
    options.onWarning?.(`${what}; it has no dead-letter queue, so that is lost`);
    return;
  }
  try {
    const attributes = {...deadLetter.attributes, ...(deadLetter.explained ? explanation(end) : {})};
    const queue = {kind: 'queue', arn: deadLetter.queueArn, body: deadLetter.body} as const;
    const described = Object.keys(attributes).length === 0 ? queue : {...queue, attributes};
    await send(deadLetter.caller, described, options);
  } catch (error) {
    options.onWarning?.(`${what}, nor to the dead-letter queue ${deadLetter.queueArn}: ${(error as Error).message}`);
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
function explanation({code, message, tries, exhausted}: End): Record<string, DeliveredAttribute> {
  const text = (StringValue: string): DeliveredAttribute => ({DataType: 'String', StringValue});
  return {
    ERROR_CODE: text(errorCodes[code] ?? code),
    ERROR_MESSAGE: text(message.slice(0, 1024)),
    ...(exhausted !== undefined && {EXHAUSTED_RETRY_CONDITION: text(exhausted)}),
    RETRY_ATTEMPTS: {DataType: 'Number', StringValue: String(tries - 1)},
  };
}

const errorCodes: Readonly<Record<string, string>> = {
  AccessDenied: 'NO_PERMISSIONS',
  AccessDeniedException: 'NO_PERMISSIONS',
  AuthorizationError: 'NO_PERMISSIONS',
  NotFound: 'NO_RESOURCE',
  QueueDoesNotExist: 'NO_RESOURCE',
  ResourceNotFoundException: 'NO_RESOURCE',
};
