import type {Clock} from './clock.ts';
import type {State} from './state.ts';

/** How often each function was invoked. Written a moment later and together: nobody was promised the number. */
export function openInvocationCounts({state, clock}: {readonly state: State; readonly clock: Clock}) {
  const saved = state.collection<number>('invocations');
  const counts = new Map(saved.entries());
  const unsaved = new Set<string>();
  let cancelSave: (() => void) | undefined;
  const save = (): void => {
    cancelSave?.();
    cancelSave = undefined;
    state.transaction(() => {
      for (const name of unsaved) saved.set(name, counts.get(name)!);
    });
    unsaved.clear();
  };
  return {
    of: (functionName: string): number => counts.get(functionName) ?? 0,
    add(functionName: string): void {
      counts.set(functionName, (counts.get(functionName) ?? 0) + 1);
      unsaved.add(functionName);
      cancelSave ??= clock.after(100, save);
    },
    close: save,
  };
}
