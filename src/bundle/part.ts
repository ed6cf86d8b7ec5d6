/** A file that something of is in a bundle. */
export interface PartFile {
  readonly path: string;
  readonly bytes: number;
}
