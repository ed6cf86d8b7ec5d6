import {readFile} from 'node:fs/promises';
import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import type {PlannedChange} from '../change-set.ts';
import {dependsOnOthers} from '../depends-on-more.ts';
import type {DeployEvent} from '../events.ts';
import {requireKnownParameters} from '../known-parameters.ts';
import {type PackagedTemplate, packageTemplate} from '../package-template.ts';
import {readStack, type StackDescription} from '../read-stack.ts';
import {askCloudFormation} from './ask-cloudformation.ts';
import {comparableBodies} from './comparable-bodies.ts';
import {type ComparedNested, compareNested} from './compare-nested.ts';
import {compareTemplates, type TemplateDifference} from './compare-templates.ts';
import {deployedTemplate} from './deployed-template.ts';

export interface DiffOptions {
  readonly service: string;
  readonly stackName: string;
  /** Path of the template; shown in messages as it is given here. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly fallbackModules: readonly string[];
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
}

export interface ServiceDiff {
  /** There is no stack yet: all of the template is new. */
  readonly creates: boolean;
  readonly template: readonly TemplateDifference[];
  readonly parameters: readonly ParameterDifference[];
  /** What CloudFormation itself would do, where the templates alone do not tell. */
  readonly changeSet: readonly PlannedChange[];
  /** Why the templates do not say it all, and nobody could be asked. */
  readonly notCompared: string | undefined;
}

/** With what was compared. */
export interface ComparedService {
  readonly diff: ServiceDiff;
  readonly packaged: PackagedTemplate;
  /** Its nested stacks, and those nested in them. */
  readonly nested: readonly ComparedNested[];
  /** As it was submitted; an empty one where nothing is deployed. */
  readonly deployed: Template;
  readonly stack: StackDescription | undefined;
}

export interface ParameterDifference {
  readonly name: string;
  /** Absent for one that the stack does not have. */
  readonly before?: string;
  readonly after: string;
}

/** What a deployment would change. No code is uploaded, and no change set stays behind. */
export async function diffService(
  clients: AwsClients,
  identity: AwsIdentity,
  options: DiffOptions,
): Promise<ComparedService> {
  const {stackName, parameters} = options;
  const written = parseTemplate(await readFile(options.template, 'utf8'), options.template);
  requireKnownParameters(written, parameters);
  const stack = await readStack(clients, stackName);
  const deployed = await deployedTemplate(clients, stack);
  const packaged = await packageTemplate(written, {...options, prebuilt: false});
  options.signal?.throwIfAborted();
  const nested = await compareNested(clients, packaged, {
    path: '',
    stack,
    parameters: {...stack?.parameters, ...parameters},
  });
  const {before, after} = comparableBodies(deployed, packaged, {nested: true});
  const creates = stack === undefined || stack.status === 'REVIEW_IN_PROGRESS';
  const asked =
    creates || ![written, ...nested.map(each => each.written)].some(dependsOnOthers)
      ? {changeSet: [], notCompared: undefined}
      : await askCloudFormation(clients, identity, {...options, packaged, deployed, stack});
  const template = [...compareTemplates(before, after), ...nested.flatMap(each => each.differences)];
  const diff = {creates, template, parameters: parameterDifferences(parameters, stack), ...asked};
  return {diff, packaged, nested, deployed, stack};
}

/** What is not given stays as the stack has it, whatever the template's default says now. */
function parameterDifferences(
  given: Readonly<Record<string, string>>,
  stack: StackDescription | undefined,
): readonly ParameterDifference[] {
  return Object.entries(given).flatMap(([name, after]) => {
    const before = stack?.parameters[name];
    if (before === after) return [];
    // CloudFormation shows asterisks for a secret one: nobody can tell whether it is the same.
    return [
      {name, ...(before === undefined ? {} : {before}), after: /^\*+$/.test(before ?? '') ? '(not shown)' : after},
    ];
  });
}
