/** Of all versions of functions and layers in one region, in bytes. */
export interface CodeStorage {
  readonly used: number;
  readonly limit: number;
}
