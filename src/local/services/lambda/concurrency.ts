import {invalidParameter} from './errors.ts';
import type {FunctionReference} from './function-name.ts';
import type {LambdaStore} from './store.ts';

/** What Lambda keeps for functions that reserve nothing. */
const leastUnreserved = 100;

export function reserveConcurrency({name}: FunctionReference, reserved: number, store: LambdaStore): void {
  const record = store.function({name});
  if (reserved > 0 && unreserved(store) + (record.reservedConcurrency ?? 0) - reserved < leastUnreserved)
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
    );
  store.functions.set(name, {...record, reservedConcurrency: reserved});
}

export function unreserved(store: LambdaStore): number {
  const reserved = [...store.functions.values()].reduce((sum, record) => sum + (record.reservedConcurrency ?? 0), 0);
  return store.options.runtime.concurrentExecutions - reserved;
}
