import {counted} from './counted.ts';
/**
 * As AWS counts, in steps of 1024: Lambda's 250 MB are 262,144,000 bytes. `512 bytes`, `197 KB`, `4.1 MB`, `52 MB`,
 * `1.3 GB`.
 */
export function byteSize(bytes: number): string {
  if (bytes < 1024) return counted(bytes, 'byte');
  const [amount, unit] = scaled(bytes);
  return `${unit === 'KB' || amount >= 9.95 ? Math.round(amount) : amount.toFixed(1)} ${unit}`;
}

/** A size and its limit, with as many digits as tell them apart. */
export function comparedSizes(bytes: number, limit: number): readonly [size: string, limit: string] {
  const forms = [byteSize, (count: number) => digits(count, 2), (count: number) => `${count} bytes`];
  const form = forms.find(each => bytes === limit || each(bytes) !== each(limit))!;
  return [form(bytes), form(limit)];
}

function digits(bytes: number, count: number): string {
  const [amount, unit] = scaled(bytes);
  return `${amount.toFixed(count)} ${unit}`;
}

/** In the unit in which it has at most three digits before the point, once it is rounded. */
function scaled(bytes: number): readonly [amount: number, unit: string] {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1023.5) return [kilobytes, 'KB'];
  const megabytes = kilobytes / 1024;
  return megabytes < 1023.5 ? [megabytes, 'MB'] : [megabytes / 1024, 'GB'];
}
