import type {DecidingStatement, RecordedDecision} from './recorded-decision.ts';

/** The sum of a role's decisions on one action and one resource. Counted in place: it is on the path of every call. */
export interface UsageEntry {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  allowed: number;
  denied: number;
  /** How many of the allowed ones an AWS service made on the role's behalf. */
  onBehalf: number;
  readonly first: number;
  last: number;
  lastRequestId: string;
  /** Keys of the pattern pairs that have allowed it, as `pairKey` makes them. */
  readonly pairs: string[];
  /** How the last one ended. */
  lastAllowed: boolean;
  /** Of the last denial. */
  message?: string;
}

/** What an entry names that stands for all resources beyond those with an entry of their own. */
export const moreResources = '(more resources)';

export function usageKey({action, resource}: {readonly action: string; readonly resource: string}): string {
  return `${action} ${resource}`;
}

/**
 * Names one granted pair for as long as it is written the same way: by Sid where there is one, so that a statement
 * put in before it changes nothing.
 */
export function pairKey({policy, sid, index, action, resource}: Omit<DecidingStatement, 'kind'>): string {
  return `${policy}\n${sid ?? `#${index}`}\n${action}\n${resource}`;
}

/** `known` itself with the decision counted, or a new entry. */
export function foldDecision(
  known: UsageEntry | undefined,
  decision: RecordedDecision & {readonly roleArn: string},
): UsageEntry {
  const {roleArn, action, resource, time, requestId} = decision;
  const entry = known ?? {
    roleArn,
    action,
    resource,
    allowed: 0,
    denied: 0,
    onBehalf: 0,
    first: time,
    last: time,
    lastRequestId: requestId,
    lastAllowed: decision.allowed,
    pairs: [],
  };
  entry.last = time;
  entry.lastRequestId = requestId;
  entry.lastAllowed = decision.allowed;
  if (!decision.allowed) {
    entry.denied++;
    if (decision.message !== undefined) entry.message = decision.message;
    return entry;
  }
  entry.allowed++;
  if (decision.onBehalf !== undefined) entry.onBehalf++;
  for (const statement of decision.matched) {
    if (statement.kind !== 'identity') continue;
    const key = pairKey(statement);
    if (!entry.pairs.includes(key)) entry.pairs.push(key);
  }
  return entry;
}
