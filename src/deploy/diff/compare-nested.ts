import type {AwsClients} from '../../aws/clients.ts';
import {stackResources} from '../../aws/stack-resources.ts';
import type {Template} from '../../cloudformation/parse.ts';
import {inNested} from '../nested-build.ts';
import type {FunctionPackage} from '../package-functions.ts';
import type {PackagedTemplate} from '../package-template.ts';
import {readStack, type StackDescription} from '../read-stack.ts';
import {comparableBodies} from './comparable-bodies.ts';
import {compareTemplates, type TemplateDifference} from './compare-templates.ts';
import {deployedTemplate} from './deployed-template.ts';

/** The template of a nested stack beside what is deployed of it. */
export interface ComparedNested {
  /** `Storage`; `Storage/Cache` in one that is nested itself. */
  readonly path: string;
  readonly written: Template;
  readonly deployed: Template;
  readonly stack: StackDescription | undefined;
  readonly packages: readonly FunctionPackage[];
  /** What it is going to be given, as far as that is known; for the rest what it has. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly differences: readonly TemplateDifference[];
}

interface Above {
  readonly path: string;
  readonly stack: StackDescription | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Those whose templates lie on this machine, each after what nests it. */
export async function compareNested(
  clients: AwsClients,
  {template, nested}: PackagedTemplate,
  {path: above, stack: parent, parameters}: Above,
): Promise<readonly ComparedNested[]> {
  if (nested.length === 0) return [];
  const resources = parent === undefined ? [] : await stackResources(clients, parent.id);
  const compared: ComparedNested[] = [];
  for (const each of nested) {
    const id = resources.find(({logicalId}) => logicalId === each.logicalId)?.physicalId;
    const stack = id === undefined ? undefined : await readStack(clients, id);
    const deployed = await deployedTemplate(clients, stack);
    const {parameters: given} = inNested({folder: '', fallbackModules: [], parameters}, template, each);
    const known = Object.entries(given ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const own = {...stack?.parameters, ...Object.fromEntries(known)};
    const path = `${above}${each.logicalId}`;
    const {before, after} = comparableBodies(deployed, each, {nested: true});
    const differences = compareTemplates(before, after).map(one => ({...one, name: `${path}/${one.name}`}));
    const {packages, template: written} = each;
    compared.push({path, written, deployed, stack, packages, parameters: own, differences});
    compared.push(...(await compareNested(clients, each, {path: `${path}/`, stack, parameters: own})));
  }
  return compared;
}
