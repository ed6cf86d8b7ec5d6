import type {AwsClients} from '../aws/clients.ts';
import type {StackResource} from '../aws/stack-resources.ts';
import {GearError} from '../errors.ts';
import {findQueue} from './find-queue.ts';
import {replayResource} from './replay-resource.ts';
import type {Row, SendSettings} from './replay-settings.ts';
import {s3Notification} from './s3-notification.ts';
import {valueAt} from './value-at.ts';

/**
 * Seconds that a message waits before it can be received. A record has gone by then: if the message failed again before,
 * the service would find the old record in the way of the new one, and the old one would be deleted afterwards.
 */
export const delaySeconds = 5;

/** Sends a record's message; what begins anew has its new value in it. */
export type SendMessage = (record: Row, renewed: Readonly<Record<string, number>>) => Promise<void>;

interface Sending {
  readonly resources: readonly StackResource[];
  readonly stackName: string;
  readonly region: string;
}

export async function messageSender(
  clients: AwsClients,
  {Queue, Body, Attributes = {}, S3Notification}: SendSettings,
  {resources, stackName, region}: Sending,
): Promise<SendMessage> {
  const queue = await findQueue(clients, replayResource(resources, Queue, stackName));
  if (queue.fifo)
    throw new GearError(`${Queue} is a FIFO queue, which takes no delayed messages: gear cannot replay to it`, {
      code: 'NOT_IMPLEMENTED',
    });
  const sqs = await clients.sqs();
  return async (record, renewed) => {
    const body = S3Notification === undefined ? valueAt(record, Body!) : s3Notification(record, S3Notification, region);
    if (body === undefined) throw new Error(`the record has no ${Body}`);
    const attributes = Object.entries(Attributes).flatMap(([name, path]) => {
      const StringValue = valueAt(record, path);
      return typeof StringValue === 'string' ? [[name, {DataType: 'String', StringValue}] as const] : [];
    });
    await sqs.sendMessage({
      QueueUrl: queue.url,
      MessageBody: withRenewed(typeof body === 'string' ? body : JSON.stringify(body), renewed),
      DelaySeconds: delaySeconds,
      ...(attributes.length > 0 && {MessageAttributes: Object.fromEntries(attributes)}),
    });
  };
}

/** A message that kept its old end would be over before it is read. */
function withRenewed(body: string, renewed: Readonly<Record<string, number>>): string {
  if (Object.keys(renewed).length === 0) return body;
  const members = JSON.parse(body) as Readonly<Record<string, unknown>>;
  const own = Object.entries(renewed).filter(([name]) => Object.hasOwn(members, name));
  return JSON.stringify({...members, ...Object.fromEntries(own)});
}
