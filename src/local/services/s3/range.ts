import {ServiceError} from '../../service-error.ts';

export interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** `bytes=0-9`, `bytes=10-`, `bytes=-5`. Anything else asks for the whole, as S3 has it; several ranges too. */
export function parseRange(text: string | undefined, size: number): ByteRange | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(text?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < start) return undefined;
  if (start >= size || (from === '' && Number(to) === 0))
    throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      members: {RangeRequested: text, ActualObjectSize: size},
    });
  return {start, end};
}
