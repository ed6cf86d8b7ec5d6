import type {LargePart, PackageContents} from '../../audit/package-contents.ts';
import {byteSize} from '../../model/byte-size.ts';
import {wrap} from '../wrap.ts';

type PackagesPaint = Readonly<Record<'bold' | 'dim', (text: string) => string>>;

/** Each function with its sizes and, below it, its ten largest packages. */
export function packagesText(
  all: readonly PackageContents[],
  {paint, columns}: {readonly paint: PackagesPaint; readonly columns?: number | undefined},
): readonly string[] {
  if (all.length === 0) return [];
  const several = new Set(all.map(({source}) => source)).size > 1;
  const blocks = all.flatMap(contents => {
    const where = several ? ` ${paint.dim(contents.source)}` : '';
    const bytes = contents.largest.map(part => byteSize(part.bytes));
    const width = Math.max(...bytes.map(text => text.length));
    const name = Math.max(...contents.largest.map(part => part.name.length));
    return [
      wrap('  ', `${contents.function}${where}: ${sizesOf(contents)}`, columns),
      ...contents.largest.map((part, index) => {
        const also = part.inRuntime ? `  ${paint.dim(inRuntime)}` : '';
        return `    ${bytes[index]!.padStart(width)}  ${shareOf(part).padStart(6)}  ${also === '' ? part.name : part.name.padEnd(name)}${also}`;
      }),
    ];
  });
  return [[`${paint.bold('PACKAGES')}, of which Lambda takes 250 MB unzipped, layers included:`, ...blocks].join('\n')];
}

export const inRuntime = 'in the runtime too';

/** `61 KB zipped, 184 KB unzipped, and 2 layers of 12 MB`. */
export function sizesOf({zippedBytes, unzippedBytes, layers, unknown}: PackageContents): string {
  const own = [
    ...(zippedBytes === undefined ? [] : [`${byteSize(zippedBytes)} zipped`]),
    ...(unzippedBytes === undefined ? [] : [`${byteSize(unzippedBytes)} unzipped`]),
  ];
  const said = [...own, ...(unknown === undefined ? [] : [unknown])].join(', ');
  return layers.length === 0 ? said : `${said}, and ${layersOf(layers)}`;
}

export function shareOf({share}: LargePart): string {
  return `${(share * 100).toFixed(1)} %`;
}

function layersOf(layers: PackageContents['layers']): string {
  const counted = layers.length === 1 ? 'a layer' : `${layers.length} layers`;
  const read = layers.flatMap(({unzippedBytes}) => (unzippedBytes === undefined ? [] : [unzippedBytes]));
  if (read.length === 0) return `${counted} that ${layers.length === 1 ? 'was' : 'were'} not read`;
  const size = byteSize(read.reduce((sum, bytes) => sum + bytes, 0));
  return read.length === layers.length ? `${counted} of ${size}` : `${counted}, of which ${read.length} have ${size}`;
}
