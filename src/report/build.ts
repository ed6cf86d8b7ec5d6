import type {BuiltFunction} from '../deploy/build-functions.ts';
import {byteSize, comparedSizes} from '../model/byte-size.ts';
import {counted} from '../model/counted.ts';
import type {Paint} from './deploy.ts';
import {duration} from './units.ts';

export interface BuildReport {
  readonly service: string;
  readonly functions: readonly BuiltFunction[];
  readonly milliseconds: number;
}

/** `analyze` adds what each function is made of. */
export function buildText(report: BuildReport, {analyze}: {analyze: boolean}, paint: Paint): string {
  const {functions} = report;
  const blocks = [
    columns(functions.map(fn => row(fn, paint))),
    ...(analyze ? functions.map(fn => analysis(fn, paint)) : []),
    ...functions.filter(({budget}) => budget.exceeded).map(fn => excess(fn, paint)),
    paint.bold(conclusion(report)),
  ];
  return blocks.filter(block => block !== '').join(analyze || blocks.length > 2 ? '\n\n' : '\n');
}

/** The document of `--json`. */
export function buildDocument({service, functions, milliseconds}: BuildReport, {analyze}: {analyze: boolean}) {
  return {
    service,
    built: count(functions, 'built'),
    unchanged: count(functions, 'unchanged'),
    milliseconds: Math.round(milliseconds),
    functions: functions.map(({logicalId, code, entry, how, zip, borrowed, parts, budget}) => ({
      function: logicalId,
      code,
      entry,
      how,
      bytes: zip.unzippedBytes,
      zipBytes: zip.zippedBytes,
      hash: zip.hash,
      borrowed,
      budget: budget.bytes,
      exceeded: budget.exceeded,
      ...(budget.exceeded && {grown: budget.grown, largest: parts.slice(0, most)}),
      ...(analyze && {parts}),
    })),
  };
}

function row({logicalId, code, how, zip}: BuiltFunction, paint: Paint): readonly string[] {
  const said = how === 'built' ? '' : paint.dim(how === 'unchanged' ? 'unchanged' : 'taken as it is');
  return [logicalId, code, byteSize(zip.unzippedBytes), `${byteSize(zip.zippedBytes)} zipped`, said];
}

/** So many parts say where the bytes are; the rest is summed up. */
const most = 10;

function analysis({logicalId, zip, parts}: BuiltFunction, paint: Paint): string {
  const rest = parts.slice(most);
  const shown = [
    ...parts.slice(0, most),
    ...(rest.length === 0
      ? []
      : [{name: `${rest.length} more`, bytes: rest.reduce((sum, part) => sum + part.bytes, 0)}]),
  ];
  const parted = shown.map(part => {
    const share = part.bytes / zip.unzippedBytes;
    const bar = '#'.repeat(Math.max(1, Math.round(share * 40)));
    return {
      name: `  ${part.name}`,
      size: byteSize(part.bytes),
      share: `${(share * 100).toFixed(1)} %`,
      bar: paint.cyan(bar),
    };
  });
  const sizeWidth = Math.max(0, ...parted.map(({size}) => size.length));
  const shareWidth = Math.max(0, ...parted.map(({share}) => share.length));
  const rows = parted.map(({name, size, share, bar}) => [
    name,
    size.padStart(sizeWidth),
    share.padStart(shareWidth),
    bar,
  ]);
  return `${paint.bold(logicalId)}  ${byteSize(zip.unzippedBytes)}\n${columns(rows)}`;
}

function excess({logicalId, zip, parts, budget}: BuiltFunction, paint: Paint): string {
  const [size, limit] = comparedSizes(zip.unzippedBytes, budget.bytes);
  const first = paint.red(`${logicalId} has ${size}, which is over its budget of ${limit}`);
  // Nothing has grown when it is the budget that has become less.
  if (budget.grown === undefined || budget.grown.length === 0) {
    const rows = parts.slice(0, most).map(({name, bytes: size}) => [`    ${name}`, byteSize(size)]);
    return `${first}\n  The largest of what is in it:\n${columns(rows)}`;
  }
  const rows = budget.grown
    .slice(0, most)
    .map(({name, bytes: size, before}) => [
      `    ${name}`,
      `+${byteSize(size - before)}`,
      before === 0 ? 'new' : `${byteSize(before)} before`,
    ]);
  return `${first}\n  Since the last build within its budget:\n${columns(rows)}`;
}

function conclusion({service, functions, milliseconds}: BuildReport): string {
  if (functions.length === 0) return `${service} has no function whose code lies on this machine: nothing was built`;
  const built = count(functions, 'built');
  const unchanged = count(functions, 'unchanged');
  if (built === 0 && unchanged > 0) return `${service} is built already: nothing has changed`;
  const others = unchanged === 0 ? '' : `, ${unchanged} unchanged`;
  return `Built ${counted(built, 'function')} of ${service} in ${duration(milliseconds)}${others}`;
}

function count(functions: readonly BuiltFunction[], how: BuiltFunction['how']): number {
  return functions.filter(fn => fn.how === how).length;
}

/** `report/` has no terminal: colours stand in the last column only, so that they cost no width. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(cells => cells[column]!.length)));
  return rows
    .map(cells =>
      cells
        .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Said beside the result, as it is no failure. */
export function largeZips(functions: readonly BuiltFunction[]): readonly string[] {
  return functions
    .filter(({zip}) => zip.zippedBytes > mostInOneRequest)
    .map(
      ({logicalId, zip}) =>
        `${logicalId} is ${byteSize(zip.zippedBytes)} zipped: more than the 50 MB that one request to Lambda may carry. It has to go through S3, as with gear deploy, sam deploy and aws cloudformation package.`,
    );
}

const mostInOneRequest = 52_428_800;
