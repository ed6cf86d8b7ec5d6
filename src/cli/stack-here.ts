import {Flags} from '@oclif/core';
import type {Project} from '../project/read-project.ts';
import {accountFlags, localFlag} from './flags.ts';
import {type ServiceStackFlags, serviceAt, stageOfStack} from './service-stack.ts';

/** How the commands about something in a stack, or of that name anywhere, say where it is. */
export const stackHereFlags = {
  stack: Flags.string({
    description: 'Name of the stack; otherwise that of the service in this folder, where there is one',
    helpValue: 'NAME',
  }),
  stage: stageOfStack,
  local: localFlag('On the embedded AWS of this project'),
  ...accountFlags,
};

interface StackHere {
  /** Undefined where neither a flag nor a service in this folder names one. */
  readonly stackName: string | undefined;
  readonly project: Project | undefined;
}

/** The stack that a command without a `--stack` is about: that of the service in this folder; none elsewhere. */
export async function stackHere(flags: Pick<ServiceStackFlags, 'stack' | 'stage'>): Promise<StackHere> {
  const project = await serviceAt('.', flags);
  return {stackName: flags.stack ?? project?.stack, project};
}
