import {randomUUID} from 'node:crypto';
import type {Caller} from '../../caller.ts';
import type {Clock} from '../../clock.ts';
import type {RequestContext} from '../../operation.ts';
import type {Bucket, FilterRule, QueueConfiguration} from './bucket.ts';
import type {StoredVersion} from './object.ts';
import type {Notification} from './outbox.ts';

/** What was done to an object, and by whom. */
export interface Happening {
  /** `ObjectCreated:Put`; without `s3:`, as the event shows it. */
  readonly event: string;
  readonly caller: Caller | undefined;
  readonly requestId: string;
}

/** What an event tells of the S3 that it comes from. */
interface Origin {
  readonly region: string;
  readonly clock: Clock;
  owner(): {readonly ID: string};
  nextSequence(): number;
}

export function happening(event: string, {caller, requestId}: RequestContext): Happening {
  return {event, caller, requestId};
}

/** The messages that a change of an object sends, one for each configuration that asks for it. */
export function eventsFor(
  origin: Origin,
  bucket: Bucket,
  version: StoredVersion,
  what: Happening,
): Omit<Notification, 'id'>[] {
  return (bucket.notification?.QueueConfiguration ?? [])
    .filter(configuration => wants(configuration, what.event, version.key))
    .map(configuration => ({
      bucketArn: `arn:aws:s3:::${bucket.name}`,
      queueArn: configuration.Queue,
      body: JSON.stringify({Records: [eventRecord(origin, bucket, version, what, configuration)]}),
    }));
}

function wants({Event, Filter}: QueueConfiguration, event: string, key: string): boolean {
  return (
    Event.some(pattern => matchesEvent(pattern, `s3:${event}`)) &&
    (Filter?.S3Key?.FilterRule ?? []).every(rule => matchesRule(rule, key))
  );
}

export function matchesEvent(pattern: string, event: string): boolean {
  return pattern === event || (pattern.endsWith('*') && event.startsWith(pattern.slice(0, -1)));
}

function matchesRule({Name, Value}: FilterRule, key: string): boolean {
  return Name.toLowerCase() === 'prefix' ? key.startsWith(Value) : key.endsWith(Value);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function eventRecord(
  origin: Origin,
  bucket: Bucket,
  version: StoredVersion,
  {event, caller, requestId}: Happening,
  configuration: QueueConfiguration,
) {
  const removed = /^(ObjectRemoved|LifecycleExpiration):Delete$/.test(event);
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: origin.region,
    eventTime: new Date(origin.clock.now()).toISOString(),
    eventName: event,
    userIdentity: {principalId: principalId(caller)},
    requestParameters: {sourceIPAddress: '127.0.0.1'},
    responseElements: {'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId)},
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: configuration.Id,
      bucket: {
        name: bucket.name,
        ownerIdentity: {principalId: origin.owner().ID.slice(0, 14).toUpperCase()},
        arn: `arn:aws:s3:::${bucket.name}`,
      },
      object: {
        key: encodedKey(version.key),
        ...(version.deleteMarker || removed ? {} : {size: version.size, eTag: version.etag}),
        ...(bucket.versioning !== undefined && {versionId: version.versionId}),
        sequencer: (removed ? origin.nextSequence() : version.sequence).toString(16).toUpperCase().padStart(18, '0'),
      },
    },
  };
}

/** The message with which S3 tries a destination when it is configured. */
export function testEvent({requestId}: {readonly requestId: string}, bucket: string, now: number): string {
  return JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(now).toISOString(),
    Bucket: bucket,
    RequestId: requestId,
    HostId: hostId(requestId),
  });
}

export function newConfigurationId(): string {
  return randomUUID();
}

/** As in a form: spaces become `+`, which readers have to turn back; the slash stays. */
function encodedKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll(/[!'()]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+');
}

/** Unique ids of roles are not known here; their names stand in for them. */
function principalId(caller: Caller | undefined): string {
  if (caller === undefined) return 's3.amazonaws.com';
  if (caller.kind === 'role') return `AWS:${caller.roleName}:${caller.sessionName}`;
  return caller.kind === 'service' ? caller.principal : `AWS:${caller.arn.slice(caller.arn.lastIndexOf('/') + 1)}`;
}

/** What AWS calls the extended request id. */
function hostId(requestId: string): string {
  return Buffer.from(`host-${requestId}`).toString('base64');
}
