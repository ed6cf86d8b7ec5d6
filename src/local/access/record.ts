import type {Clock} from '../clock.ts';
import type {State} from '../state.ts';
import {type LoggedDecision, openDecisionLog} from './decision-log.ts';
import type {RecordedDecision} from './recorded-decision.ts';
import {foldDecision, moreResources, type UsageEntry, usageKey} from './usage-entry.ts';

export interface AccessRecord {
  append(decision: RecordedDecision): void;
  /** What a role has used and was denied so far. */
  usageOf(roleArn: string): readonly UsageEntry[];
  /** When a role was last allowed something, in milliseconds. */
  lastUsed(roleArn: string): number | undefined;
  /** From the journal, oldest first; what is very old has gone. */
  decisions(filter?: {readonly after?: number; readonly limit?: number}): LoggedDecision[];
  /** Writes what is still in memory only. */
  close(): void;
}

const mostResources = 100;

/**
 * Every decision goes to the journal before the call goes on. The sums per role are written a moment later and
 * together; what a killed process did not write is folded again from the journal at the next start.
 */
export function openRecord({state, clock}: {state: State; clock: Clock}): AccessRecord {
  const journal = openDecisionLog(state.folder('decisions'));
  const saved = state.collection<UsageEntry>('access.usage');
  const progress = state.collection<number>('access.folded');
  const roles = new Map<string, Map<string, UsageEntry>>();
  /** How many resources an action of a role has an entry for. */
  const resources = new Map<string, number>();
  const unsaved = new Set<UsageEntry>();
  let cancelSave: (() => void) | undefined;

  const remember = (entry: UsageEntry): void => {
    let usage = roles.get(entry.roleArn);
    if (usage === undefined) {
      usage = new Map();
      roles.set(entry.roleArn, usage);
    }
    usage.set(usageKey(entry), entry);
    const action = `${entry.roleArn}\n${entry.action}`;
    resources.set(action, (resources.get(action) ?? 0) + 1);
  };
  const fold = ({roleArn, ...decision}: RecordedDecision): void => {
    if (roleArn === undefined) return;
    const usage = roles.get(roleArn);
    let known = usage?.get(usageKey(decision));
    let {resource} = decision;
    // A bucket can have any number of objects: beyond so many, one entry stands for the rest.
    if (known === undefined && (resources.get(`${roleArn}\n${decision.action}`) ?? 0) >= mostResources) {
      resource = moreResources;
      known = usage?.get(usageKey({action: decision.action, resource}));
    }
    const entry = foldDecision(known, {...decision, roleArn, resource});
    if (entry !== known) remember(entry);
    unsaved.add(entry);
  };
  const save = (): void => {
    cancelSave = undefined;
    if (unsaved.size === 0) return;
    state.transaction(() => {
      for (const entry of unsaved) saved.set(`${entry.roleArn}\n${usageKey(entry)}`, structuredClone(entry));
      progress.set('sequence', journal.end);
    });
    unsaved.clear();
  };

  for (const entry of saved.values()) remember(structuredClone(entry));
  for (const {entry} of journal.read({after: progress.get('sequence') ?? 0})) fold(entry);
  save();

  return {
    append(decision) {
      journal.append(decision);
      fold(decision);
      cancelSave ??= clock.after(100, save);
    },
    usageOf: roleArn => [...(roles.get(roleArn)?.values() ?? [])],
    lastUsed(roleArn) {
      const times = [...(roles.get(roleArn)?.values() ?? [])].filter(({allowed}) => allowed > 0).map(({last}) => last);
      return times.length === 0 ? undefined : Math.max(...times);
    },
    decisions: filter => journal.read(filter),
    close() {
      cancelSave?.();
      save();
      journal.close();
    },
  };
}
