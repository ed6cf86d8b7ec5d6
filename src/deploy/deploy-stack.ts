import {createHash} from 'node:crypto';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {Template} from '../cloudformation/parse.ts';
import {exitCodes, GearError} from '../errors.ts';
import {type ChangeSet, createChangeSet, deleteChangeSet, type PlannedChange} from './change-set.ts';
import type {DeployEvent, StackEvent} from './events.ts';
import {readStack, type StackDescription} from './read-stack.ts';
import {withTemplateLine} from './refusal-origin.ts';
import {rootCause} from './root-cause.ts';
import {newestEventId, type WatchedRun, watchStack} from './watch-stack.ts';

export type TemplateSource = {readonly url: string} | {readonly body: string};

export interface StackDeployment {
  readonly stackName: string;
  /** As the user wrote it: a failure is shown at its line. */
  readonly template: Template;
  /** What is sent: by URL where it is uploaded, in the request otherwise. */
  readonly source: TemplateSource;
  /** Another template, when the changes that this one would make ask for it. */
  revise?(changes: readonly PlannedChange[]): Promise<TemplateSource | undefined>;
  readonly parameters: Readonly<Record<string, string>>;
  /** The role that CloudFormation takes; whoever deploys needs only to pass it. */
  readonly roleArn?: string | undefined;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
  /** Asked once the change set is there; `false` deletes it. */
  approve(changeSet: ChangeSet): Promise<boolean>;
}

export interface DeployedStack {
  readonly changed: boolean;
  readonly stackId: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Change set, approval, execution, and the events until the stack settles. Throws GearError DEPLOYMENT_FAILED with the root cause. */
export async function deployStack(clients: AwsClients, deployment: StackDeployment): Promise<DeployedStack> {
  const {stackName, source, pollMilliseconds, signal, onEvent, approve} = deployment;
  const existing = await readyStack(clients, stackName, pollMilliseconds);
  const type = existing === undefined ? 'CREATE' : 'UPDATE';
  requireEveryParameter(deployment, existing);
  onEvent({type: 'step', step: 'change-set', detail: stackName});
  const propose = (proposed: TemplateSource) =>
    createChangeSet(clients, {
      stackName,
      name: `gear-${createHash('sha256').update(`${Date.now()}${Math.random()}`).digest('hex').slice(0, 12)}`,
      type,
      ...('url' in proposed ? {templateUrl: proposed.url} : {templateBody: proposed.body}),
      roleArn: deployment.roleArn,
      parameters: parameterValues(deployment, existing),
      pollMilliseconds,
      ...(signal === undefined ? {} : {signal}),
    }).catch(error => {
      throw withTemplateLine(error, deployment.template);
    });
  let changeSet = await propose(source);
  const revised = type === 'UPDATE' && changeSet && (await deployment.revise?.(changeSet.changes));
  if (revised) {
    await deleteChangeSet(clients, changeSet!, false);
    changeSet = await propose(revised);
  }
  if (changeSet === undefined)
    return {changed: false, stackId: existing!.id, status: existing!.status, outputs: existing!.outputs};
  for (const {properties: _, ...change} of changeSet.changes) onEvent({type: 'change', ...change});
  if (signal?.aborted || !(await approve(changeSet))) {
    await deleteChangeSet(clients, changeSet, type === 'CREATE');
    signal?.throwIfAborted();
    throw new GearError(`Nothing was deployed: the changes to ${stackName} were not approved`, {
      code: 'NOT_APPROVED',
      exit: exitCodes.approval,
    });
  }
  onEvent({type: 'step', step: 'execute', detail: stackName});
  const run = await execute(clients, changeSet, deployment);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(run.stack.status)) throw deploymentFailed(deployment, run);
  return {changed: true, stackId: changeSet.stackId, status: run.stack.status, outputs: run.stack.outputs};
}

/** The stack when it can be updated, nothing when it has to be created; what a failed creation left is removed first. */
async function readyStack(
  clients: AwsClients,
  name: string,
  pollMilliseconds: number,
): Promise<StackDescription | undefined> {
  const stack = await readStack(clients, name);
  if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return undefined;
  if (stack.status === 'ROLLBACK_COMPLETE' || stack.status === 'CREATE_FAILED') {
    await (await clients.cloudFormation()).deleteStack({StackName: stack.id});
    await watchStack(clients, stack.id, {
      after: await newestEventId(clients, stack.id),
      pollMilliseconds,
      onEvent: () => {},
    });
    return undefined;
  }
  if (stack.status.endsWith('_IN_PROGRESS'))
    throw new GearError(`The stack ${name} is busy: it is in ${stack.status}`, {
      code: 'STACK_BUSY',
      suggestions: ['the same command when it has settled'],
    });
  if (stack.status.endsWith('_FAILED'))
    throw new GearError(
      `The stack ${name} cannot be updated: it is in ${stack.status}${stack.reason === undefined ? '' : ` (${stack.reason})`}`,
      {
        code: 'STACK_NOT_UPDATABLE',
        suggestions: [`aws cloudformation continue-update-rollback --stack-name ${name}`],
      },
    );
  return stack;
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

/** Asked before anything is bundled or uploaded. */
export function requireKnownParameters(template: Template, parameters: Readonly<Record<string, string>>): void {
  const declared = declaredParameters(template);
  const unknown = Object.keys(parameters).find(key => !declared.includes(key));
  if (unknown === undefined) return;
  throw new GearError(`${template.file} has no parameter ${unknown}`, {
    code: 'UNKNOWN_PARAMETER',
    suggestions: declared.map(name => `--parameter ${name}=...`),
  });
}

function declaredParameters({body}: Template): readonly string[] {
  return Object.keys((body.Parameters as object | null | undefined) ?? {});
}

async function execute(
  clients: AwsClients,
  changeSet: ChangeSet,
  {pollMilliseconds, signal, onEvent}: StackDeployment,
): Promise<WatchedRun> {
  const after = await newestEventId(clients, changeSet.stackId);
  try {
    await (await clients.cloudFormation()).executeChangeSet({ChangeSetName: changeSet.id});
  } catch (error) {
    throw describeAwsError(error, 'execute the change set');
  }
  return watchStack(clients, changeSet.stackId, {
    after,
    pollMilliseconds,
    onEvent,
    ...(signal === undefined ? {} : {signal}),
  });
}

function deploymentFailed({stackName, template}: StackDeployment, {stack, events}: WatchedRun): GearError {
  const cause = rootCause(events);
  if (cause === undefined)
    return new GearError(`The stack ${stackName} ended in ${stack.status}: ${stack.reason ?? 'no reason was given'}`, {
      code: 'DEPLOYMENT_FAILED',
    });
  const origin = template.originOf(['Resources', cause.logicalId]);
  const where = 'line' in origin ? `${origin.file}:${origin.line}: ` : '';
  return new GearError(
    `${where}${cause.logicalId} (${cause.resourceType}) failed: ${sentence(cause.reason ?? cause.status)}. ${aftermath(stackName, stack.status)}${kept(events)}`,
    {code: 'DEPLOYMENT_FAILED', suggestions: [nextStep(cause)]},
  );
}

/** A template is not what an alarm went off for. */
function nextStep({resourceType, reason = ''}: StackEvent): string {
  const [deploymentId] = resourceType === 'AWS::Lambda::Alias' ? (/\bd-[A-Z0-9]{9}\b/.exec(reason) ?? []) : [];
  return deploymentId === undefined
    ? 'mend the template at that line and deploy again'
    : `aws deploy get-deployment --deployment-id ${deploymentId}`;
}

function aftermath(stackName: string, status: string): string {
  if (status === 'DELETE_COMPLETE') return `The stack ${stackName} was deleted again`;
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return `The stack ${stackName} was rolled back to what it was`;
  return `The stack ${stackName} is in ${status}`;
}

/** What a DeletionPolicy holds back outlives the failure, belongs to no stack and has to be removed by hand. */
function kept(events: WatchedRun['events']): string {
  const names = events
    .filter(({status}) => status === 'DELETE_SKIPPED')
    .map(({logicalId, physicalId}) => `${logicalId} (${physicalId})`);
  return names.length === 0 ? '' : `; its DeletionPolicy keeps ${names.join(', ')}`;
}

/** Some reasons end in a full stop, some do not. */
function sentence(text: string): string {
  return text.replace(/\.$/, '');
}
