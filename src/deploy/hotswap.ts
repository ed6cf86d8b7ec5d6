import {createHash} from 'node:crypto';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {AwsIdentity} from '../aws/identity.ts';
import {nestedResources} from '../aws/nested-resources.ts';
import type {Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import {GearError} from '../errors.ts';
import {type DiffOptions, diffService, type ServiceDiff} from './diff/diff-service.ts';
import {hotswapTag} from './hotswapped-functions.ts';
import type {FunctionPackage} from './package-functions.ts';
import {readStack} from './read-stack.ts';
import {updateCode} from './update-code.ts';

export interface Hotswapped {
  /** Logical IDs of the functions that have new code now. */
  readonly functions: readonly string[];
}

/**
 * Gives functions their new code without CloudFormation. Throws GearError HOTSWAP_REFUSED when anything else than code
 * changed, or when what calls a function would not see the code.
 */
export async function hotswap(clients: AwsClients, identity: AwsIdentity, options: DiffOptions): Promise<Hotswapped> {
  const {diff, packaged, nested} = await diffService(clients, identity, options);
  requireOnlyCode(options.stackName, diff);
  await requireSettled(clients, options.stackName);
  const resources = await nestedResources(clients, options.stackName);
  const published = new Set([
    ...publishedFunctions(packaged.template),
    ...nested.flatMap(each => publishedFunctions(each.written).map(id => `${each.path}/${id}`)),
  ]);
  const inside = nested.flatMap(({path, packages: inner}) =>
    inner.map(item => ({...item, logicalId: `${path}/${item.logicalId}`})),
  );
  const stale: {readonly name: string; readonly item: FunctionPackage}[] = [];
  for (const item of [...packaged.packages, ...inside]) {
    const {logicalId} = item;
    const name = resources.find(resource => resource.logicalId === logicalId)?.physicalId;
    if (name === undefined || !(await runsOtherCode(clients, name, item))) continue;
    // Before the first of them is swapped: all of it is done, or nothing.
    if (published.has(logicalId))
      throw refused(`${logicalId} is published in versions, and what calls it would not see the code`);
    stale.push({name, item});
  }
  const swapped: string[] = [];
  for (const {name, item} of stale) {
    await swap(clients, name, item, options.pollMilliseconds).catch(error => {
      throw afterOthers(error, swapped);
    });
    swapped.push(item.logicalId);
  }
  return {functions: swapped};
}

/** Code that was swapped before it failed stays so. */
function afterOthers(error: unknown, swapped: readonly string[]): unknown {
  if (!(error instanceof GearError) || swapped.length === 0) return error;
  return new GearError(`${error.message}. Hotswapped before: ${swapped.join(', ')}`, {
    code: error.code,
    suggestions: [...error.suggestions, 'gear deploy, which gives them the deployed code back'],
    cause: error,
  });
}

function requireOnlyCode(
  stackName: string,
  {creates, template, parameters, changeSet, notCompared}: ServiceDiff,
): void {
  if (creates) throw refused(`${stackName} is not deployed here yet`);
  if (notCompared !== undefined) throw refused(notCompared);
  const others = template.flatMap(({name, action, members}) => {
    const paths = members.filter(({path, after}) => path !== 'Code' || !/^package /.test(String(after)));
    if (action === 'Modify' && paths.length === 0) return [];
    return [action === 'Modify' ? `${name} (${paths.map(({path}) => path).join(', ')})` : name];
  });
  const swappable = new Set(template.map(({name}) => name));
  const besides = changeSet.filter(({logicalId}) => !swappable.has(logicalId)).map(({logicalId}) => logicalId);
  const all = [...others, ...parameters.map(({name}) => `parameter ${name}`), ...besides];
  if (all.length > 0) throw refused(`more than code changed: ${all.join(', ')}`);
}

async function requireSettled(clients: AwsClients, stackName: string): Promise<void> {
  const stack = await readStack(clients, stackName);
  if (stack === undefined || /_(IN_PROGRESS|FAILED)$/.test(stack.status))
    throw refused(`${stackName} is in ${stack?.status ?? 'no state at all'}`);
}

function refused(why: string): GearError {
  return new GearError(`Nothing was hotswapped: ${why}`, {
    code: 'HOTSWAP_REFUSED',
    suggestions: ['the same command without --hotswap'],
  });
}

/** Functions that versions or aliases of the template stand before. */
function publishedFunctions({body}: Template): readonly string[] {
  const resources = Object.values((body.Resources ?? {}) as Record<string, Resource | null>);
  return resources
    .filter(resource => /^AWS::Lambda::(Version|Alias)$/.test(resource?.Type ?? ''))
    .flatMap(resource => referencesOf(resource?.Properties?.FunctionName).map(({name}) => name));
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: {readonly FunctionName?: unknown};
}

/** As Lambda has it, whatever the stack says: code that was hotswapped before is code to be replaced, too. */
async function runsOtherCode(clients: AwsClients, name: string, {zip}: FunctionPackage): Promise<boolean> {
  try {
    const {CodeSha256} = await (await clients.lambda()).getFunctionConfiguration({FunctionName: name});
    return CodeSha256 !== createHash('sha256').update(zip.bytes).digest('base64');
  } catch (error) {
    throw describeAwsError(error, `read the function ${name}`);
  }
}

async function swap(
  clients: AwsClients,
  name: string,
  {logicalId, zip}: FunctionPackage,
  pollMilliseconds: number,
): Promise<void> {
  const lambda = await clients.lambda();
  try {
    const {Configuration} = await lambda.getFunction({FunctionName: name});
    // The mark comes first: a swap that is interrupted must not look like what was deployed.
    await lambda.tagResource({Resource: Configuration!.FunctionArn, Tags: {[hotswapTag]: new Date().toISOString()}});
    await updateCode(clients, {name, code: {ZipFile: zip.bytes}, pollMilliseconds});
  } catch (error) {
    throw describeAwsError(error, `hotswap ${logicalId}`);
  }
}
