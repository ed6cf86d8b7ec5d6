/** Seconds as people say them: `4 days`, `1 hour`, `90 s`. */
export function duration(seconds: number): string {
  for (const [unit, length] of units)
    if (seconds >= length && seconds % length === 0)
      return seconds === length ? `1 ${unit}` : `${seconds / length} ${unit}s`;
  return `${seconds} s`;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;
