/** Where a thing was read: a place in a file (line and column start at 1), or a resource of an account. */
export type Origin =
  | {readonly file: string; readonly line: number; readonly column: number}
  | {readonly arn: string; readonly region: string};

/** Which of the files and accounts (`account/region`) that were audited an origin belongs to. */
export function sourceOf(origin: Origin, sources: readonly string[]): string {
  if ('file' in origin) return origin.file;
  const account = origin.arn.split(':')[4] ?? '';
  return sources.find(source => source === `${account}/${origin.region}`) ?? sources[0] ?? account;
}
