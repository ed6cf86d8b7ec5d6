import {notImplemented} from '../../service-error.ts';
import type {FilterPattern} from './filter-pattern.ts';
import {parseJsonPattern} from './json-pattern.ts';
import {parseTextPattern} from './text-pattern.ts';

/**
 * Space-delimited patterns (`[ip, user]`) and regular expressions (`%...%`) are refused by name.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseFilterPattern(pattern: string): FilterPattern {
  const trimmed = pattern.trim();
  if (trimmed.startsWith('[')) throw notImplemented('CloudWatch Logs space-delimited filter patterns');
  return trimmed.startsWith('{') ? parseJsonPattern(trimmed) : parseTextPattern(trimmed);
}
