import {resourcePolicyProblem} from '../../resource-policy.ts';
import {invalid} from './errors.ts';
import type {EventBus} from './records.ts';
import type {EventBridgeStore} from './store.ts';

export interface BusStatement {
  readonly Sid?: string;
}

export function statementsOf({policy}: EventBus): readonly BusStatement[] {
  if (policy === undefined) return [];
  return [(JSON.parse(policy) as {Statement: BusStatement | BusStatement[]}).Statement].flat();
}

/** Without a statement there is no policy. */
export function setStatements(bus: EventBus, statements: readonly BusStatement[], store: EventBridgeStore): void {
  const text = JSON.stringify({Version: '2012-10-17', Statement: statements});
  setPolicy(bus, statements.length === 0 ? undefined : text, store);
}

export function setPolicy(bus: EventBus, policy: string | undefined, store: EventBridgeStore): void {
  const problem = policy === undefined ? undefined : resourcePolicyProblem(policy);
  if (problem !== undefined) throw invalid(`The policy is not valid: ${problem}`);
  store.buses.set(bus.name, {...bus, policy, modifiedAt: store.options.clock.now()});
}
