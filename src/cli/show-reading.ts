import type {AwsClients} from '../aws/clients.ts';
import {watchCalls} from '../aws/watch-calls.ts';
import {type Reading, readingLine} from '../report/reading.ts';
import {LiveRegion} from '../terminal/live-region.ts';

export interface ReadingDisplay {
  /** The same clients; how far they have come is shown. */
  wrap(clients: AwsClients, place: string): AwsClients;
  /** Nothing more is read there. */
  done(place: string): void;
  end(): void;
}

/** A line for each region on a terminal; elsewhere a line now and then, for a log that would be silent for minutes. */
export function showReading(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write' | 'columns' | 'rows'> = process.stderr,
): ReadingDisplay {
  const region = stream.isTTY ? new LiveRegion(stream as NodeJS.WriteStream) : undefined;
  const readings = new Map<string, Reading>();
  const lines = () => [...readings.values()].map(reading => readingLine(reading, Date.now()));
  const timer = setInterval(
    () =>
      region === undefined
        ? stream.write(
            lines()
              .map(line => `${line}\n`)
              .join(''),
          )
        : region.draw(lines()),
    region === undefined ? 30_000 : 200,
  );
  // What is shown keeps nobody waiting.
  timer.unref();
  return {
    wrap(clients, place) {
      readings.set(place, {place, listed: 0, complete: false, asked: 0});
      return watchCalls(clients, async ({operation}, send) => {
        const advance = (change: (reading: Reading) => Partial<Reading>) => {
          const reading = readings.get(place);
          if (reading !== undefined) readings.set(place, {...reading, ...change(reading)});
        };
        if (operation === 'GetPolicy') advance(({askedSince = Date.now()}) => ({askedSince}));
        try {
          const output = await send();
          if (operation === 'ListFunctions') advance(({listed}) => listedMore(listed, output));
          return output;
        } finally {
          if (operation === 'GetPolicy') advance(({asked}) => ({asked: asked + 1}));
        }
      });
    },
    done: place => void readings.delete(place),
    end() {
      clearInterval(timer);
      region?.clear();
    },
  };
}

function listedMore(
  listed: number,
  {Functions = [], NextMarker}: {Functions?: readonly object[]; NextMarker?: string},
) {
  return {listed: listed + Functions.length, complete: NextMarker === undefined || NextMarker === ''};
}
