import {ServiceError} from '../../service-error.ts';
import type {ObjectVersion} from './object.ts';
import {type ByteRange, parseRange} from './range.ts';

/** Which bytes of an object were asked for, and how the answer says so. */
export function extentOf(
  object: ObjectVersion,
  {Range, PartNumber}: {readonly Range?: string | undefined; readonly PartNumber?: number | undefined},
) {
  if (Range !== undefined && PartNumber !== undefined)
    throw new ServiceError('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  const part = PartNumber === undefined ? undefined : partRange(object, PartNumber);
  const range = part ?? parseRange(Range, object.size);
  const {start, end} = range ?? {start: 0, end: object.size - 1};
  return {
    start,
    end,
    ContentLength: end - start + 1,
    ...(range === undefined ? {$status: 200} : {$status: 206, ContentRange: `bytes ${start}-${end}/${object.size}`}),
    ...(part !== undefined && object.multipart && {PartsCount: object.parts.length}),
  };
}

function partRange({parts, size}: ObjectVersion, number: number): ByteRange | undefined {
  const part = parts[number - 1];
  if (part === undefined)
    throw new ServiceError('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      status: 416,
      members: {PartNumberRequested: number, ActualPartCount: parts.length},
    });
  if (size === 0) return undefined;
  const start = parts.slice(0, number - 1).reduce((sum, earlier) => sum + earlier.size, 0);
  return {start, end: start + part.size - 1};
}
