/** As AWS counts them: 250 MB is 262,144,000 bytes. */
export function megabytes(bytes: number): string {
  const amount = bytes / 1_048_576;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} MB`;
}
