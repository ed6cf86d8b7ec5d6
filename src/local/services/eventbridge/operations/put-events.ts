import {isObject} from '../../../../model/is-object.ts';
import {operationOf} from '../../../operation.ts';
import {list, required, string, structure, timestamp} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {onBus} from '../permissions.ts';
import {type EventBridgeStore, nameOfBus} from '../store.ts';

const entry = structure({
  Time: timestamp,
  Source: string,
  Resources: list(string),
  DetailType: string,
  Detail: string,
  EventBusName: string,
});

interface Entry {
  readonly Time?: Date | undefined;
  readonly Source?: string | undefined;
  readonly Resources?: readonly string[] | undefined;
  readonly DetailType?: string | undefined;
  readonly Detail?: string | undefined;
  readonly EventBusName?: string | undefined;
}

export const putEvents = operationOf<EventBridgeStore>()({
  name: 'PutEvents',
  input: structure({Entries: required(list(entry))}),
  permissions({Entries}, _context, store) {
    const buses = new Set(Entries.map(({EventBusName}) => EventBusName ?? 'default'));
    return [...buses].map(bus => {
      const entries = Entries.filter(({EventBusName = 'default'}) => EventBusName === bus);
      return {
        ...onBus('PutEvents', bus, store),
        context: {
          'events:source': entries.flatMap(({Source}) => Source ?? []),
          'events:detail-type': entries.flatMap(({DetailType}) => DetailType ?? []),
        },
      };
    });
  },
  run({Entries}, _context, store) {
    if (Entries.length < 1 || Entries.length > 10)
      throw invalid(`Value at 'entries' failed to satisfy constraint: 1 to 10 entries, not ${Entries.length}`);
    const results = Entries.map(given => putEvent(given, store));
    return {FailedEntryCount: results.filter(result => 'ErrorCode' in result).length, Entries: results};
  },
});

function putEvent(
  given: Entry,
  store: EventBridgeStore,
): {EventId: string} | {ErrorCode: string; ErrorMessage: string} {
  const {Source, DetailType, Detail, Resources = [], Time} = given;
  for (const [name, value] of Object.entries({Source, DetailType, Detail}))
    if (value === undefined || value === '')
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
  if (Source!.startsWith('aws.'))
    return {ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.'};
  const detail = detailOf(Detail!);
  if (detail === undefined) return {ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.'};
  const bus = store.buses.get(nameOfBus(given.EventBusName ?? 'default'));
  const event = store.event(
    {source: Source!, 'detail-type': DetailType!, detail, resources: Resources},
    Time?.getTime(),
  );
  // An event for a bus that is not there is taken and goes nowhere, as on AWS.
  if (bus !== undefined) store.accept(bus, event);
  return {EventId: event.id};
}

function detailOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return isObject(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}
