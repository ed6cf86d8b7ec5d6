import type {HttpBinding} from '../../operation.ts';
import {integer, required, string, structure} from '../../shape.ts';
import {checkRange, notFound} from './errors.ts';
import {latest} from './function-configuration.ts';
import type {FunctionReference} from './function-name.ts';
import type {DestinationConfig, EventInvokeRecord} from './records.ts';
import {checkDestination} from './role-checks.ts';
import type {LambdaStore} from './store.ts';

const destination = structure({Destination: string});

/** What PutFunctionEventInvokeConfig and UpdateFunctionEventInvokeConfig take. */
export const eventInvokeMembers = {
  FunctionName: required(string),
  Qualifier: string,
  MaximumRetryAttempts: integer,
  MaximumEventAgeInSeconds: integer,
  DestinationConfig: structure({OnSuccess: destination, OnFailure: destination}),
};

export interface EventInvokeInput {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?:
    | {
        readonly OnSuccess?: {readonly Destination?: string | undefined} | undefined;
        readonly OnFailure?: {readonly Destination?: string | undefined} | undefined;
      }
    | undefined;
}

export function eventInvokeHttp(method: HttpBinding['method'], status = 200): HttpBinding {
  return {
    method,
    path: '/2019-09-25/functions/{FunctionName}/event-invoke-config',
    query: {Qualifier: 'Qualifier'},
    status,
  };
}

/** Each version and alias has a configuration of its own; without a qualifier `$LATEST` is meant. */
export function eventInvokeKey({name, qualifier = latest}: FunctionReference): string {
  return `${name}:${qualifier}`;
}

export function eventInvokeConfig(reference: FunctionReference, store: LambdaStore): EventInvokeRecord {
  store.configuration(reference);
  const record = store.eventInvokeConfigs.get(eventInvokeKey(reference));
  if (record === undefined)
    throw notFound(`The function ${store.arn({qualifier: latest, ...reference})} doesn't have an EventInvokeConfig`);
  return record;
}

export function setEventInvokeConfig(
  reference: FunctionReference,
  input: EventInvokeInput,
  before: EventInvokeRecord | undefined,
  store: LambdaStore,
): EventInvokeRecord {
  const configuration = store.configuration(reference);
  checkRange('maximumRetryAttempts', input.MaximumRetryAttempts, 0, 2);
  checkRange('maximumEventAgeInSeconds', input.MaximumEventAgeInSeconds, 60, 21_600);
  const retries = input.MaximumRetryAttempts ?? before?.MaximumRetryAttempts;
  const age = input.MaximumEventAgeInSeconds ?? before?.MaximumEventAgeInSeconds;
  const destinations =
    input.DestinationConfig === undefined ? before?.DestinationConfig : plain(input.DestinationConfig);
  for (const {Destination} of Object.values(destinations ?? {})) checkDestination(configuration, Destination, store);
  const record: EventInvokeRecord = {
    LastModified: store.options.clock.now() / 1000,
    FunctionArn: store.arn({qualifier: latest, ...reference}),
    ...(retries !== undefined && {MaximumRetryAttempts: retries}),
    ...(age !== undefined && {MaximumEventAgeInSeconds: age}),
    DestinationConfig: destinations ?? {OnSuccess: {}, OnFailure: {}},
  };
  store.eventInvokeConfigs.set(eventInvokeKey(reference), record);
  return record;
}

/** As it is answered; the date is a date again. */
export function eventInvokeAnswer({LastModified, ...record}: EventInvokeRecord) {
  return {...record, LastModified: new Date(LastModified * 1000)};
}

function plain({OnSuccess, OnFailure}: NonNullable<EventInvokeInput['DestinationConfig']>): DestinationConfig {
  const one = (given: {readonly Destination?: string | undefined} | undefined) =>
    given?.Destination ? {Destination: given.Destination} : {};
  return {OnSuccess: one(OnSuccess), OnFailure: one(OnFailure)};
}
