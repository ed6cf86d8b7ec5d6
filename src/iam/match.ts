import {covers, overlaps} from './covers.ts';
import {matchesGlob} from './glob.ts';

/** Action names are compared without regard to case: `sqs:Send*` against `sqs:SendMessage`. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesGlob(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * A pattern of the Resource element against one ARN, or against the `*` of an action that knows no resource. A
 * wildcard stays inside its segment of the ARN, unless the pattern ends with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesResource(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  if (pattern === arn) return true;
  const wanted = arnSegments(pattern);
  const given = arnSegments(arn);
  // IAM refuses an ARN with too few segments; one that got here all the same is no shorter way to say `*`.
  if (wanted === undefined || given === undefined) return !pattern.startsWith('arn:') && matchesGlob(pattern, arn);
  return wanted.every((segment, index) => matchesGlob(segment, given[index]!));
}

export function coversAction(wide: string, narrow: string): boolean {
  return covers(wide.toLowerCase(), narrow.toLowerCase());
}

/** `covers` with the segments of ARNs kept apart. */
export function coversResource(wide: string, narrow: string): boolean {
  return bySegment(covers, wide, narrow);
}

export function overlapsResource(one: string, other: string): boolean {
  return bySegment(overlaps, one, other);
}

function bySegment(compare: (a: string, b: string) => boolean, one: string, other: string): boolean {
  const first = arnSegments(one);
  const second = arnSegments(other);
  if (first === undefined || second === undefined) return compare(one, other);
  return first.every((segment, index) => compare(segment, second[index]!));
}

/** Partition, service, region and account, each on its own; the rest may contain colons. */
export function arnSegments(pattern: string): readonly string[] | undefined {
  if (pattern === '*') return ['*', '*', '*', '*', '*', '*'];
  // `${AWS::Region}` is one segment, whatever it is called.
  const segments = pattern.includes('${') ? pattern.split(/:(?![^{}]*\})/) : pattern.split(':');
  if (segments.length > 6) return [...segments.slice(0, 5), segments.slice(5).join(':')];
  // `arn:aws:sqs:*` ends in a wildcard, which then reaches over the segments that are not written.
  if (segments.length < 6 && !pattern.endsWith('*')) return undefined;
  while (segments.length < 6) segments.push('*');
  return segments;
}
