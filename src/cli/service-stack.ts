import {Args, Flags} from '@oclif/core';
import {GearError} from '../errors.ts';
import type {Project} from '../project/read-project.ts';
import {type Connected, type ConnectionFlags, connect} from './connect.ts';
import {accountFlags, localFlag} from './flags.ts';
import {inRegionOf} from './service-connections.ts';

/** How the commands about a stack that is deployed say which one: by its service, its stage or its name. */
export const serviceStackArgs = {
  service: Args.string({description: 'Folder or template of the service', default: '.'}),
};

export const stageOfStack = Flags.string({
  description: 'The stack of a stage: its name ends in -NAME, and gear.yaml may say its region',
  exclusive: ['stack'],
  helpValue: 'NAME',
});

export const serviceStackFlags = (onLocal = 'On the embedded AWS of this project') => ({
  stack: Flags.string({description: 'Name of the stack; otherwise that of the service', helpValue: 'NAME'}),
  stage: stageOfStack,
  local: localFlag(onLocal),
  ...accountFlags,
});

export interface ServiceStackFlags extends ConnectionFlags {
  readonly stack?: string | undefined;
  readonly stage?: string | undefined;
}

export interface ServiceStack extends Connected {
  readonly stackName: string;
  /** Absent where only a name was given, and no service lies there. */
  readonly project: Project | undefined;
  /** With the region of gear.yaml, where the flags name none. */
  readonly place: ConnectionFlags;
}

/** Nothing is started for it: an embedded AWS that does not run has nothing to be asked about. */
export async function openServiceStack(service: string, flags: ServiceStackFlags): Promise<ServiceStack> {
  const {readProject} = await import('../project/read-project.ts');
  const project = await serviceAt(service, flags);
  const stackName = flags.stack ?? (project ?? readProject(service, flags.stage)).stack;
  const place = placeOf(project, flags);
  return {stackName, project, place, ...(await connect(place, {starts: false}))};
}

/** In the region that a deployment of the service takes. Where `starts` is false, an embedded AWS has to run already. */
export function connectTo(
  project: Project | undefined,
  flags: ConnectionFlags,
  options: {readonly starts: boolean},
): Promise<Connected> {
  return connect(placeOf(project, flags), options);
}

function placeOf(project: Project | undefined, flags: ConnectionFlags): ConnectionFlags {
  return project === undefined ? flags : inRegionOf(project, flags);
}

/** The service in a folder; undefined where there is none. */
export async function serviceAt(path: string, {stage}: Pick<ServiceStackFlags, 'stage'>): Promise<Project | undefined> {
  const {readProject} = await import('../project/read-project.ts');
  try {
    return readProject(path, stage);
  } catch (error) {
    // Where gear.yaml is wrong nobody knows the region, and in another one nothing would be found.
    if (error instanceof GearError && /^NO_(TEMPLATE|PROJECT)$/.test(error.code) && stage === undefined)
      return undefined;
    throw error;
  }
}
