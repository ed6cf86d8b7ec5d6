import {relative} from 'node:path';
import type {AwsClients} from '../aws/clients.ts';
import type {AwsIdentity} from '../aws/identity.ts';
import {GearError} from '../errors.ts';
import type {Project} from '../project/read-project.ts';
import {pollInterval} from './poll-interval.ts';

interface Place {
  readonly clients: AwsClients;
  readonly identity: AwsIdentity;
  readonly stackName: string;
  /** The embedded AWS is for development by its nature. */
  readonly local: boolean;
  note(text: string): void;
}

/** `gear deploy --hotswap`: what is printed, and the same as a document. */
export async function hotswapService(
  {clients, identity, stackName, local, note}: Place,
  {folder, service, template}: Pick<Project, 'folder' | 'service' | 'template'>,
  parameters: Readonly<Record<string, string>>,
): Promise<{readonly document: object; readonly text: string}> {
  await requireForDevelopment(folder, stackName, local);
  const {hotswap} = await import('../deploy/hotswap.ts');
  const {gearModules} = await import('../bundle/gear-modules.ts');
  const {functions} = await hotswap(clients, identity, {
    service,
    stackName,
    template: relative(process.cwd(), template),
    parameters,
    fallbackModules: local ? gearModules() : [],
    pollMilliseconds: pollInterval(identity.endpoint),
    onEvent: () => {},
  });
  if (functions.length > 0)
    note(`${stackName} now runs code that its stack does not know; the next gear deploy without --hotswap mends that`);
  const {account, region, endpoint} = identity;
  return {
    document: {stack: stackName, account, region, endpoint, hotswapped: functions},
    text: functions.length === 0 ? 'No code has changed: nothing was hotswapped' : `Hotswapped ${functions.join(', ')}`,
  };
}

/** Before a deployment: CloudFormation would leave hotswapped code where it is when the template says the same as before. */
export async function undoHotswapsFirst(
  {clients, identity, stackName, local, note}: Place,
  folder: string,
): Promise<void> {
  if (!(await isForDevelopment(folder, stackName, local))) return;
  const {undoHotswaps} = await import('../deploy/undo-hotswaps.ts');
  const undone = await undoHotswaps(clients, stackName, pollInterval(identity.endpoint));
  if (undone.length > 0) note(`Gave ${undone.join(', ')} the deployed code back, which was hotswapped`);
}

export async function requireForDevelopment(folder: string, stackName: string, local: boolean): Promise<void> {
  if (await isForDevelopment(folder, stackName, local)) return;
  throw new GearError(`${stackName} is not a development stack: what --hotswap does, CloudFormation does not see`, {
    code: 'NOT_FOR_DEVELOPMENT',
    suggestions: [`development: [${stackName}] in gear.yaml, if it is one`, 'the same command without hotswap'],
  });
}

async function isForDevelopment(folder: string, stackName: string, local: boolean): Promise<boolean> {
  if (local) return true;
  const {developmentStacks} = await import('../project/development-stacks.ts');
  return developmentStacks(folder).includes(stackName);
}
