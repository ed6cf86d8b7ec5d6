import {table} from '../src/terminal/table.ts';
import {inTurn, median, type Subject} from './measure.ts';

/** One row of the table. */
export interface Figure {
  readonly what: string;
  readonly gear: string;
  /** What a user would pick instead, or what it stands on; empty where there is nothing to compare with. */
  readonly instead: string;
  /** Median of the rounds' ratios, and the least and the greatest of them. */
  readonly ratio: string;
}

/** A row for gear beside each of the others, or one without when there are none. */
export async function compare(
  what: string,
  unit: string,
  gear: Subject,
  others: readonly (Subject | undefined)[] = [],
  rounds = 7,
): Promise<Figure[]> {
  const present = others.filter(other => other !== undefined);
  const values = await inTurn([gear, ...present], rounds);
  const own = values.get(gear)!;
  if (present.length === 0) return [{what, gear: shown(own, unit), instead: '', ratio: ''}];
  return present.map(other => {
    const theirs = values.get(other)!;
    const ratios = own.map((value, round) => value / theirs[round]!);
    return {
      what,
      gear: shown(own, unit),
      instead: `${other.name} ${shown(theirs, unit)}`,
      ratio: `${digits(median(ratios))}x (${digits(Math.min(...ratios))}-${digits(Math.max(...ratios))})`,
    };
  });
}

export function figureTable(figures: readonly Figure[]): string {
  return table([
    ['what', 'gear', 'instead', 'gear / instead'],
    ...figures.map(({what, gear, instead, ratio}) => [what, gear, instead, ratio]),
  ]);
}

function shown(values: readonly number[], unit: string): string {
  return `${digits(median(values))} ${unit}`;
}

/** Three significant digits: more would be noise. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value < 1 ? 2 : 3);
}
