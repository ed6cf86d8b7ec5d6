import {existsSync, readFileSync} from 'node:fs';
import {relative} from 'node:path';
import type {Template} from '../cloudformation/parse.ts';
import type {AttendedStack} from '../deploy/attend-stack.ts';
import type {DeployEvent} from '../deploy/events.ts';
import {exitCodes, GearError} from '../errors.ts';
import type {Project} from '../project/read-project.ts';
import {confirm, hasTerminal} from './approval.ts';
import type {AttendFlags, Doing} from './attend-flags.ts';
import {detached} from './detached.ts';
import {interruptible} from './interrupt.ts';
import {connectTo} from './service-stack.ts';
import {showDeployment} from './show-deployment.ts';
import {targetWords} from './target-words.ts';

export type Attended = AttendedStack & {readonly stack: string; readonly doing: Doing};

/** Watches, cancels or continues what has begun, on the screen; `also` gets every event, too. */
export async function attendStack(
  doing: Doing,
  service: string,
  flags: AttendFlags,
  note: (text: string) => void,
  also?: (event: DeployEvent) => void,
): Promise<Attended> {
  const {stackName, project, template} = await target(service, flags);
  const connected = await connectTo(project, flags, {starts: true});
  const {identity, notes} = connected;
  const {noteRetries} = await import('./note-retries.ts');
  const display = showDeployment(also);
  const clients = noteRetries(connected.clients, display.print);
  const {attendingLine} = await import('../report/deploy.ts');
  note(attendingLine(doing, stackName, identity));
  for (const text of notes) note(text);
  const stack = await import('../deploy/attend-stack.ts');
  return interruptible(async signal => {
    try {
      display.show({type: 'step', step: 'watch', detail: stackName});
      const attendance = {
        stackName,
        template,
        pollMilliseconds: flags.local ? 50 : 2000,
        signal,
        onEvent: display.show,
      };
      const attended =
        doing === 'watch'
          ? await stack.watchDeployment(clients, attendance)
          : doing === 'cancel'
            ? await stack.cancelDeployment(clients, {...attendance, confirm: deletion(stackName, flags)})
            : await stack.continueRollback(clients, attendance, flags.skip ?? []);
      return {stack: stackName, doing, ...attended};
    } catch (error) {
      throw signal.aborted ? detached(stackName, flags) : error;
    } finally {
      display.end();
    }
  });
}

/** Whether a stack may be deleted that is being created. The embedded account is the developer's own. */
function deletion(stackName: string, flags: AttendFlags): (question: string) => Promise<boolean> {
  if (flags.local || flags.yes) return async () => true;
  return async question => {
    if (hasTerminal()) return confirm(question, `The creation of ${stackName} goes on.`);
    const words = targetWords({...flags, stack: stackName}).join(' ');
    throw new GearError(`${question} Without a terminal it needs --yes`, {
      code: 'CONFIRMATION_NEEDED',
      suggestions: [`gear deploy --cancel --yes ${words}`],
      exit: exitCodes.approval,
    });
  };
}

interface Target {
  readonly stackName: string;
  readonly project?: Project;
  readonly template: Template | undefined;
}

/** A service on disk, whose gear.yaml gives the region and whose template gives failures their lines, or a stack by its name alone. */
async function target(service: string, {stack, stage}: AttendFlags): Promise<Target> {
  const {findReference} = await import('../scaffold/reference.ts');
  const {readProject} = await import('../project/read-project.ts');
  const path = findReference(service) ?? service;
  if (!existsSync(path)) return {stackName: stack ?? [service, stage].filter(Boolean).join('-'), template: undefined};
  try {
    const project = readProject(path, stage);
    const {parseTemplate} = await import('../cloudformation/parse.ts');
    const template = parseTemplate(readFileSync(project.template, 'utf8'), relative(process.cwd(), project.template));
    return {stackName: stack ?? project.stack, project, template};
  } catch (error) {
    // How a deployment ends is told whatever has become of the folder.
    if (stack !== undefined && error instanceof GearError) return {stackName: stack, template: undefined};
    throw error;
  }
}
