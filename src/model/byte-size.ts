/** As the limits of AWS count: 250 MB is 262,144,000 bytes. */
export function byteSize(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1024)} KB`;
  const unit = bytes < 1_073_741_824 ? 'MB' : 'GB';
  const amount = bytes / (unit === 'MB' ? 1_048_576 : 1_073_741_824);
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}
