/** Where a thing was read. */
export type Origin =
  /** A place in a file; line and column start at 1. */
  | {readonly file: string; readonly line: number; readonly column: number}
  /** A resource of a Terraform plan or state, by its address: the file was generated, and nobody edits a line of it. */
  | {readonly file: string; readonly address: string}
  /** A resource of an account. */
  | {readonly arn: string; readonly region: string};

/**
 * Which of the files and accounts (`account/region`) that were audited an origin belongs to: of code, the template in
 * whose folder it lies.
 */
export function sourceOf(origin: Origin, sources: readonly string[]): string {
  if ('file' in origin)
    return sources.includes(origin.file) ? origin.file : (nearest(origin.file, sources) ?? origin.file);
  const account = origin.arn.split(':')[4] ?? '';
  // The ARN of a bucket names no account; that of its region is the best guess.
  const place = `${account}/${origin.region}`;
  return (
    sources.find(source => source === place || (account === '' && source.endsWith(place))) ?? sources[0] ?? account
  );
}

function nearest(file: string, sources: readonly string[]): string | undefined {
  const folderOf = (source: string) => source.slice(0, source.lastIndexOf('/') + 1);
  const around = sources.filter(source => file.startsWith(folderOf(source)));
  return around.sort((a, b) => folderOf(b).length - folderOf(a).length)[0];
}
