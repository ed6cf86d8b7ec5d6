import type {NotChecked} from '../model/finding.ts';
import type {Origin} from '../model/origin.ts';
import type {UnseenHandler} from './archive/handler-of-archive.ts';

export interface FunctionUnseen {
  readonly name: string;
  readonly why: UnseenHandler;
  readonly origin: Origin;
}

/** The rules that read what a handler does. */
const rules = [
  'coldstart/client-in-handler',
  'coldstart/module-loaded-in-handler',
  'resilience/connection-per-invocation',
  'resilience/uncached-secret',
];

/** One entry for each place and reason, with all functions that it holds for: most accounts have one bundler. */
export function handlersUnseen(unseen: readonly FunctionUnseen[]): {
  readonly notChecked: readonly NotChecked[];
  readonly notJudged: readonly NotChecked[];
} {
  return {
    notChecked: entries(unseen, why => ('notChecked' in why ? why.notChecked : undefined)),
    notJudged: entries(unseen, why => ('notJudged' in why ? why.notJudged : undefined)),
  };
}

function entries(
  unseen: readonly FunctionUnseen[],
  reasonOf: (why: UnseenHandler) => string | undefined,
): readonly NotChecked[] {
  const groups = Map.groupBy(unseen, ({why, origin}) => JSON.stringify([reasonOf(why), origin]));
  return [...groups.values()].flatMap(group => {
    const {why, origin} = group[0]!;
    const reason = reasonOf(why);
    const resource = group
      .map(({name}) => name)
      .sort()
      .join(', ');
    return reason === undefined ? [] : rules.map(rule => ({rule, resource, reason, origin}));
  });
}
