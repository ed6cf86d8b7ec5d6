import type {AwsClients} from '../aws/clients.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import {announce, type DeployedStack, executeChangeSet} from './deploy-stack.ts';
import type {DeployEvent} from './events.ts';
import {type KeptPlan, keptPlans} from './kept-plans.ts';
import {readStack} from './read-stack.ts';
import type {Review} from './review/review.ts';

interface PlanExecution {
  readonly stackName: string;
  /** Of the review that somebody approved. */
  readonly hash: string;
  /** Path of the template, for messages. */
  readonly file: string;
  /** Its text on this machine: what fails is shown at its line. */
  readonly text: string;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
  /** Throws when what was reviewed needs more than the hash. */
  confirm(review: Review): void;
}

/** Executes the change set that was kept, when it and the stack are still what was reviewed; nothing is built for it. */
export async function executePlan(clients: AwsClients, plan: PlanExecution): Promise<DeployedStack> {
  const {file, text, onEvent, confirm, signal} = plan;
  const {changeSet, review} = await findPlan(clients, plan);
  announce(review, onEvent);
  confirm(review);
  signal?.throwIfAborted();
  return executeChangeSet(clients, changeSet, {...plan, template: parseTemplate(text, file)});
}

async function findPlan(clients: AwsClients, {stackName, hash, file}: PlanExecution): Promise<KeptPlan> {
  const stack = await readStack(clients, stackName);
  if (stack === undefined) throw planGone(stackName, hash, 'there is no such stack');
  let others = false;
  for await (const plan of keptPlans(clients, stack, file)) {
    if (plan.review.hash === hash) return plan;
    others = true;
  }
  const why = others
    ? 'the change sets that wait there are others, or the stack was changed since'
    : 'no change set waits there: it was executed or deleted, or the stack was changed since';
  throw planGone(stackName, hash, why);
}

function planGone(stackName: string, hash: string, why: string): GearError {
  return new GearError(`${stackName} has nothing with the plan ${hash} to execute: ${why}`, {
    code: 'PLAN_GONE',
    suggestions: ['gear deploy --plan, and have that approved'],
  });
}
