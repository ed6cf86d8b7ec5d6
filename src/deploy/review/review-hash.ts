import {createHash} from 'node:crypto';

/** Of what was reviewed, whatever the order in which it came. */
export function reviewHash(reviewed: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(reviewed)))
    .digest('hex');
}

/** The order in which AWS lists parameters and changes says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => JSON.stringify(sorted(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
