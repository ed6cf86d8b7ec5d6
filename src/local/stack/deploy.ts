import {ServiceError} from '../service-error.ts';
import type {Deployment, Stack, StackOutput} from '../services/cloudformation/model.ts';
import {asValidationError, type Blueprint, readBlueprint} from './blueprint.ts';
import {deployResource} from './deploy-resource.ts';
import {describeFailure} from './failure.ts';
import {runGraph} from './graph.ts';
import {resolveOutputs} from './outputs.ts';
import {shownParameters} from './plan.ts';
import type {Run} from './run.ts';

export async function create(stack: Stack, run: Run): Promise<void> {
  const {stackId} = stack;
  const failure = await deploy(stack, run);
  if (run.closing() || run.store.get(stackId).status === 'DELETE_IN_PROGRESS') return;
  if (failure === undefined) {
    run.store.endExecution(run.store.setStatus(stackId, 'CREATE_COMPLETE'), 'EXECUTE_COMPLETE');
    return;
  }
  failCreation(stack, run.store, failure);
}

/** What happens when a creation fails is for whoever asked for it to say. */
export function failCreation({stackId, onFailure}: Stack, store: Run['store'], failure: string): void {
  if (onFailure === 'DELETE') store.setStatus(stackId, 'DELETE_IN_PROGRESS', `${failure} Delete requested by user.`);
  else if (onFailure === 'ROLLBACK')
    store.setStatus(stackId, 'ROLLBACK_IN_PROGRESS', `${failure} Rollback requested by user.`);
  else store.endExecution(store.setStatus(stackId, 'CREATE_FAILED', failure), 'EXECUTE_FAILED');
}

export async function update(stack: Stack, run: Run): Promise<void> {
  const {stackId} = stack;
  const failure = await deploy(stack, run);
  if (run.closing()) return;
  if (failure !== undefined) {
    failUpdate(stack, run.store, failure);
    return;
  }
  run.store.setStatus(stackId, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
}

export function failUpdate({stackId, onFailure}: Stack, store: Run['store'], failure: string): void {
  if (onFailure === 'DO_NOTHING')
    store.endExecution(store.setStatus(stackId, 'UPDATE_FAILED', failure), 'EXECUTE_FAILED');
  else store.setStatus(stackId, 'UPDATE_ROLLBACK_IN_PROGRESS', failure);
}

/** Carries out the target. Answers why it failed. */
async function deploy(stack: Stack, run: Run): Promise<string | undefined> {
  const {stackId, target} = stack;
  if (target === undefined) throw new Error(`stack ${stackId} has nothing to deploy`);
  let blueprint: Blueprint;
  try {
    blueprint = readBlueprint(stack, target, run);
  } catch (error) {
    return describeFailure(error);
  }
  run.store.update(stackId, current => ({...current, ...described(blueprint)}));
  const imports = new Set<string>();
  const environment = blueprint.environment({
    ref: name => run.store.get(stackId).resources[name]?.ref,
    getAtt: (name, attribute) => run.store.get(stackId).resources[name]?.attributes[attribute],
    importValue(name) {
      imports.add(name);
      return run.store.exports().get(name)?.value;
    },
  });
  const graph = new Map([...blueprint.resources].map(([name, {dependsOn}]) => [name, dependsOn]));
  let hasFailed = false;
  // What others still wait for is not wanted any more once one has failed.
  const resourceRun: Run = {...run, cancelled: id => hasFailed || run.cancelled(id)};
  const failed = await runGraph(graph, {
    keepGoing: false,
    stop: () => run.stopping(stackId),
    async work(name) {
      const succeeded = await deployResource(stackId, blueprint.resources.get(name)!, environment, resourceRun);
      hasFailed ||= !succeeded;
      return succeeded;
    },
  });
  if (run.cancelled(stackId)) return 'User Initiated';
  if (failed.length > 0)
    return `The following resource(s) failed to ${stack.before === undefined ? 'create' : 'update'}: [${failed.join(', ')}].`;
  try {
    const outputs = asValidationError(() => resolveOutputs(blueprint, environment));
    checkExports(stack, outputs, run);
    settle(stackId, target, outputs, [...imports], blueprint, run);
    return undefined;
  } catch (error) {
    return describeFailure(error);
  }
}

/** The stack is now what was asked for; resources that the template no longer has are doomed. */
function settle(
  stackId: string,
  deployed: Deployment,
  outputs: readonly StackOutput[],
  imports: readonly string[],
  {resources}: Blueprint,
  run: Run,
): void {
  run.store.update(stackId, stack => {
    const removed = Object.values(stack.resources).filter(({logicalId}) => !resources.has(logicalId));
    return {
      ...stack,
      deployed,
      target: undefined,
      before: undefined,
      outputs,
      imports,
      resources: Object.fromEntries(Object.entries(stack.resources).filter(([name]) => resources.has(name))),
      doomed: [...stack.doomed, ...removed.filter(({physicalId}) => physicalId !== undefined)],
    };
  });
}

function described(blueprint: Blueprint): Partial<Stack> {
  const {description} = blueprint.sections;
  return {parameters: shownParameters(blueprint), ...(description === undefined ? {} : {description})};
}

/** An export's name is one stack's alone, and what others import neither changes nor goes. */
function checkExports(stack: Stack, outputs: readonly StackOutput[], run: Run): void {
  const exports = run.store.exports();
  for (const {exportName} of outputs) {
    const other = exportName === undefined ? undefined : exports.get(exportName);
    if (other !== undefined && other.stackId !== stack.stackId)
      throw new ServiceError(
        'ValidationError',
        `Export with name ${exportName} is already exported by stack ${run.store.get(other.stackId).stackName}.`,
      );
  }
  for (const {exportName, value} of stack.outputs) {
    const [importer] = exportName === undefined ? [] : run.store.importersOf(exportName);
    const now = outputs.find(output => output.exportName === exportName);
    if (importer === undefined || now?.value === value) continue;
    throw new ServiceError(
      'ValidationError',
      `Export ${exportName} cannot be ${now === undefined ? 'deleted' : 'updated'} as it is in use by ${importer.stackName}`,
    );
  }
}
