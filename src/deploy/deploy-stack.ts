import {createHash} from 'node:crypto';
import type {AwsClients} from '../aws/clients.ts';
import type {Template} from '../cloudformation/parse.ts';
import {exitCodes, GearError} from '../errors.ts';
import {type ChangeSet, createChangeSet, deleteChangeSet, type PlannedChange} from './change-set.ts';
import type {DeployEvent} from './events.ts';
import {executeAndWatch} from './execute-and-watch.ts';
import {deploymentFailed} from './explain-failure.ts';
import type {StackDescription} from './read-stack.ts';
import {readyStack} from './ready-stack.ts';
import {withTemplateLine} from './refusal-origin.ts';

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
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
  confirm?(question: string): Promise<boolean>;
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
  const existing = await readyStack(clients, deployment);
  const type = existing === undefined ? 'CREATE' : 'UPDATE';
  requireEveryParameter(deployment, existing);
  onEvent({type: 'step', step: 'change-set', detail: stackName});
  const propose = (proposed: TemplateSource) =>
    createChangeSet(clients, {
      stackName,
      name: `gear-${createHash('sha256').update(`${Date.now()}${Math.random()}`).digest('hex').slice(0, 12)}`,
      type,
      ...('url' in proposed ? {templateUrl: proposed.url} : {templateBody: proposed.body}),
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
  const run = await executeAndWatch(clients, changeSet, deployment);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(run.stack.status)) throw deploymentFailed(deployment, run);
  return {changed: true, stackId: changeSet.stackId, status: run.stack.status, outputs: run.stack.outputs};
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
