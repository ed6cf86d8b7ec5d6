import {byteSize} from '../model/byte-size.ts';
import {counted} from '../model/counted.ts';

interface PutLine {
  readonly file: string;
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
}

export function putText(objects: readonly PutLine[]): string {
  return objects
    .map(object => `${object.file} -> s3://${object.bucket}/${object.key}  ${byteSize(object.bytes)}`)
    .join('\n');
}

/** A row is a block of its members: rows of one table have different ones, and columns would be mostly empty. */
export function rowsText(
  items: readonly Readonly<Record<string, unknown>>[],
  paint: {bold(text: string): string; dim(text: string): string},
): string {
  return [...items.map(item => rowText(item, paint)), counted(items.length, 'row')].join('\n\n');
}

function rowText(
  item: Readonly<Record<string, unknown>>,
  paint: {bold(text: string): string; dim(text: string): string},
): string {
  const names = Object.keys(item);
  const width = Math.max(...names.map(name => name.length));
  return names
    .map(
      (name, index) =>
        `${index === 0 ? paint.bold(name.padEnd(width)) : paint.dim(name.padEnd(width))}  ${valueText(item[name])}`,
    )
    .join('\n');
}

function valueText(value: unknown): string {
  if (value instanceof Set) return valueText([...value]);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
