import {createHash} from 'node:crypto';
import type {AwsClients} from '../aws/clients.ts';
import type {Template} from '../cloudformation/parse.ts';
import {exitCodes, GearError} from '../errors.ts';
import {capabilitiesFor} from './capabilities.ts';
import {type ChangeSet, createChangeSet, type PlannedChange} from './change-set.ts';
import {deleteChangeSet, discardAfter} from './discard-change-set.ts';
import type {DeployEvent} from './events.ts';
import {type Execution, executeAndWatch} from './execute-and-watch.ts';
import {deploymentFailed} from './explain-failure.ts';
import {declaredParameters} from './known-parameters.ts';
import {hasNestedStacks, type NestedTemplate} from './nested-templates.ts';
import {readDeployed} from './read-deployed.ts';
import type {StackDescription} from './read-stack.ts';
import {readyStack} from './ready-stack.ts';
import {withTemplateLine} from './refusal-origin.ts';
import {type Review, reviewChangeSet} from './review/review.ts';

export type TemplateSource = {readonly url: string; readonly text: string} | {readonly body: string};

export interface StackDeployment {
  readonly stackName: string;
  /** As the user wrote it: a failure is shown at its line. */
  readonly template: Template;
  /** The templates of its nested stacks, as far as they lie on this machine. */
  readonly nested?: readonly NestedTemplate[];
  /** What is sent: by URL where it is uploaded, in the request otherwise. */
  readonly source: TemplateSource;
  /** Another template, when the changes that this one would make ask for it. */
  revise?(changes: readonly PlannedChange[]): Promise<TemplateSource | undefined>;
  /** Once there is a change set that names what was uploaded for it. */
  proposed?(): Promise<void>;
  readonly parameters: Readonly<Record<string, string>>;
  /** The role that CloudFormation takes; whoever deploys needs only to pass it. */
  readonly roleArn?: string | undefined;
  readonly pollMilliseconds: number;
  readonly changeSetPrefix?: string;
  readonly signal?: AbortSignal;
  /** Of the packages that were made for it, by the function's logical ID. */
  readonly packageBytes?: Readonly<Record<string, number>>;
  onEvent(event: DeployEvent): void;
  confirm?(question: string): Promise<boolean>;
  /** Absent for a stack of gear’s own, whose changes nobody has to see. */
  approve?: Approve;
}

/** Asked once the change set is there: `false` deletes it, `'keep'` leaves it for `executePlan`. */
export type Approve = (review: Review) => Promise<boolean | 'keep'>;

export interface DeployedStack {
  readonly changed: boolean;
  readonly stackId: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Of a change set that was kept, and can be executed by the hash of its review. */
  readonly plan?: Review;
}

/** Change set, approval, execution, and the events until the stack settles. Throws GearError DEPLOYMENT_FAILED with the root cause. */
export async function deployStack(clients: AwsClients, deployment: StackDeployment): Promise<DeployedStack> {
  const {stackName, source, pollMilliseconds, signal, onEvent} = deployment;
  const existing = await readyStack(clients, deployment);
  const type = existing === undefined ? 'CREATE' : 'UPDATE';
  requireEveryParameter(deployment, existing);
  onEvent({type: 'step', step: 'change-set', detail: stackName});
  const propose = (proposed: TemplateSource) =>
    createChangeSet(clients, {
      stackName,
      name: `${deployment.changeSetPrefix ?? 'gear'}-${createHash('sha256').update(`${Date.now()}${Math.random()}`).digest('hex').slice(0, 12)}`,
      type,
      ...('url' in proposed ? {templateUrl: proposed.url} : {templateBody: proposed.body}),
      includeNestedStacks: hasNestedStacks(deployment.template),
      capabilities: capabilitiesFor(deployment.template.body, deployment.nested),
      roleArn: deployment.roleArn,
      parameters: parameterValues(deployment, existing),
      pollMilliseconds,
      ...(signal === undefined ? {} : {signal}),
    }).catch(error => {
      throw withTemplateLine(error, deployment.template);
    });
  const withStack = type === 'CREATE';
  const discardAnd = (error: unknown, left: ChangeSet) => discardAfter(error, clients, left, withStack);
  let sent = source;
  let changeSet = await propose(source);
  if (!withStack && changeSet !== undefined) {
    const first = changeSet;
    const revised = await deployment.revise?.(first.changes).catch(async error => {
      throw await discardAnd(error, first);
    });
    if (revised) {
      await deleteChangeSet(clients, first, false);
      sent = revised;
      changeSet = await propose(revised);
    }
  }
  if (changeSet === undefined && existing === undefined)
    throw new GearError(`CloudFormation finds nothing to create for ${stackName}`, {
      code: 'NOTHING_TO_CREATE',
      suggestions: ['see which conditions of the template hold, with the parameters that it is given'],
    });
  if (changeSet === undefined)
    return {changed: false, stackId: existing!.id, status: existing!.status, outputs: existing!.outputs};
  const made = changeSet;
  // What could not be reviewed or executed, or had nobody to ask, is not left behind.
  const discard = (error: unknown) => discardAnd(error, made);
  await deployment.proposed?.().catch(async error => {
    throw await discard(error);
  });
  const {approve} = deployment;
  if (approve === undefined && !signal?.aborted) return executeChangeSet(clients, made, {...deployment, discard});
  const {decision, review} = await decide(clients, made, existing, deployment, sent).catch(async error => {
    throw await discard(error);
  });
  if (decision === 'keep' && !signal?.aborted) {
    const {status = 'REVIEW_IN_PROGRESS', outputs = {}} = existing ?? {};
    return {changed: false, stackId: made.stackId, status, outputs, plan: review};
  }
  if (signal?.aborted || decision === false) {
    await deleteChangeSet(clients, made, withStack);
    signal?.throwIfAborted();
    throw new GearError(`Nothing was deployed: the changes to ${stackName} were not approved`, {
      code: 'NOT_APPROVED',
      exit: exitCodes.approval,
    });
  }
  return executeChangeSet(clients, made, {...deployment, discard});
}

/** And its events until the stack settles. */
export async function executeChangeSet(
  clients: AwsClients,
  changeSet: ChangeSet,
  deployment: ChangeSetExecution,
): Promise<DeployedStack> {
  const run = await executeAndWatch(clients, changeSet, deployment);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(run.stack.status)) throw deploymentFailed(deployment, run);
  return {changed: true, stackId: changeSet.stackId, status: run.stack.status, outputs: run.stack.outputs};
}

type ChangeSetExecution = Execution & Pick<StackDeployment, 'template'>;

async function decide(
  clients: AwsClients,
  changeSet: ChangeSet,
  existing: StackDescription | undefined,
  {template, packageBytes, signal, onEvent, approve}: StackDeployment,
  sent: TemplateSource,
): Promise<{decision: boolean | 'keep'; review: Review}> {
  const deployed = await readDeployed(clients, existing);
  const review = await reviewChangeSet(clients, changeSet, {
    deployed,
    file: template.file,
    sent: 'url' in sent ? sent.text : sent.body,
    ...(packageBytes === undefined ? {} : {packageBytes}),
  });
  announce(review, onEvent);
  // Nobody is asked after ^C.
  signal?.throwIfAborted();
  return {decision: (await approve?.(review)) ?? false, review};
}

/** The changes one by one, which are what the progress counts, and then the review as a whole. */
export function announce(review: Review, onEvent: (event: DeployEvent) => void): void {
  // The progress counts what is the stack's own.
  for (const {properties: _, policyAction: __, ...change} of review.changes)
    if (!change.logicalId.includes('/')) onEvent({type: 'change', ...change});
  onEvent({type: 'review', review});
}

/** What the user gave; for the rest, what the stack has. */
function parameterValues({template, parameters}: StackDeployment, existing: StackDescription | undefined) {
  const kept = existing?.parameters ?? {};
  return declaredParameters(template).flatMap(key => {
    const value = parameters[key];
    if (value !== undefined) return [{key, value}];
    return key in kept ? [{key}] : [];
  });
}

/** CloudFormation refuses it too, but cannot say how it is given. */
function requireEveryParameter({template, parameters}: StackDeployment, existing: StackDescription | undefined): void {
  const declared = Object.entries((template.body.Parameters as Record<string, object> | null | undefined) ?? {});
  const missing = declared
    .filter(([, declaration]) => !('Default' in declaration))
    .map(([name]) => name)
    .filter(name => parameters[name] === undefined && existing?.parameters[name] === undefined);
  if (missing.length === 0) return;
  throw new GearError(`${template.file} has no default for ${missing.join(' and ')}`, {
    code: 'PARAMETER_MISSING',
    suggestions: [missing.map(name => `--parameter ${name}=...`).join(' ')],
  });
}
