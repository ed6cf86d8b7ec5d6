/** A constant event that speaks of warmth, as gear's and those of the plugins for it do. */
export function isPing(input: string): boolean {
  return /warm/i.test(input);
}
