import {times} from '../model/counted.ts';
import type {Replayed} from '../recovery/replay.ts';

export function replayProgress(stack: string, {replayed, skipped, failed}: Replayed, dryRun: boolean): string {
  return `${stack}: ${replayed} ${dryRun ? 'would be replayed' : 'replayed'}, ${skipped} skipped, ${failed} failed`;
}

export function replayedText(stack: string, result: Replayed, dryRun: boolean): string {
  const statuses = Object.entries(result.statuses).map(([status, count]) => `${count} ${status}`);
  return [
    replayProgress(stack, result, dryRun),
    ...(statuses.length === 0 ? [] : [`  records of that time: ${statuses.join(', ')}`]),
    ...Object.entries(result.failures).map(([reason, count]) => `  ${times(count)}: ${reason}`),
    ...(result.interrupted
      ? ['Interrupted: what was not replayed still has its record, and the same command goes on']
      : []),
  ].join('\n');
}
