import {existsSync, readFileSync} from 'node:fs';
import {relative} from 'node:path';
import type {Retry} from '../aws/watch-retries.ts';
import type {Template} from '../cloudformation/parse.ts';
import type {AttendedStack} from '../deploy/attend-stack.ts';
import type {DeployEvent} from '../deploy/events.ts';
import {exitCodes, GearError, isAborted} from '../errors.ts';
import {confirm, hasTerminal} from './approval.ts';
import type {AttendFlags, Doing} from './attend-flags.ts';
import {type ConnectionFlags, connect} from './connect.ts';
import {detached} from './detached.ts';
import {interruptible} from './interrupt.ts';
import {inRegionOf} from './service-connections.ts';
import {showDeployment} from './show-deployment.ts';
import {targetWords} from './target-words.ts';

export type Attended = AttendedStack & {readonly stack: string; readonly doing: Doing};

interface AttendOptions {
  note(text: string): void;
  /** Gets every event. */
  readonly also?: ((event: DeployEvent | Retry) => void) | undefined;
  /** Told where the stack is. */
  at(place: ConnectionFlags): void;
}

/** Watches, cancels or continues what has begun, on the screen. */
export async function attendStack(
  doing: Doing,
  service: string,
  flags: AttendFlags,
  {note, also, at}: AttendOptions,
): Promise<Attended> {
  const {stackName, region, template} = await target(service, flags);
  const place = inRegionOf({region}, flags);
  at(place);
  const connected = await connect(place);
  const {identity, notes} = connected;
  const {noteRetries} = await import('./note-retries.ts');
  const display = showDeployment(also);
  const clients = noteRetries(connected.clients, display.print, also);
  const {attendingLine} = await import('../report/deploy.ts');
  note(attendingLine(doing, stackName, identity));
  for (const text of notes) note(text);
  const stack = await import('../deploy/attend-stack.ts');
  return interruptible(
    async signal => {
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
              ? await stack.cancelDeployment(clients, {
                  ...attendance,
                  confirm: deletion(stackName, {...flags, ...place}, signal),
                })
              : await stack.continueRollback(clients, attendance, flags.skip ?? []);
        return {stack: stackName, doing, ...attended};
      } catch (error) {
        // Neither a rollback nor a deletion can be cancelled.
        throw isAborted(error) ? detached(stackName, place, {cancellable: doing === 'watch'}) : error;
      } finally {
        display.end();
      }
    },
    {evenUnread: true},
  );
}

/** Whether a stack may be deleted that is being created. The embedded account is the developer's own. */
function deletion(stackName: string, flags: AttendFlags, signal: AbortSignal): (question: string) => Promise<boolean> {
  if (flags.local || flags.yes) return async () => true;
  return async question => {
    if (hasTerminal()) return confirm(question, {undone: `The creation of ${stackName} goes on.`, signal});
    const words = targetWords({...flags, stack: stackName}).join(' ');
    throw new GearError(`${question} Without a terminal it needs --yes`, {
      code: 'CONFIRMATION_NEEDED',
      suggestions: [`gear deploy --cancel --yes ${words}`],
      exit: exitCodes.approval,
    });
  };
}

/** A service on disk, whose template gives failures their lines, or a stack by its name alone. */
async function target(
  service: string,
  {stack, stage}: AttendFlags,
): Promise<{stackName: string; region?: string | undefined; template: Template | undefined}> {
  const {findReference} = await import('../scaffold/reference.ts');
  const {readProject} = await import('../project/read-project.ts');
  const path = findReference(service) ?? service;
  let region: string | undefined;
  if (!existsSync(path)) return {stackName: stack ?? [service, stage].filter(Boolean).join('-'), template: undefined};
  try {
    const project = readProject(path, stage);
    region = project.region;
    const {parseTemplate} = await import('../cloudformation/parse.ts');
    const template = parseTemplate(readFileSync(project.template, 'utf8'), relative(process.cwd(), project.template));
    return {stackName: stack ?? project.stack, region, template};
  } catch (error) {
    // How a deployment ends is told whatever has become of the folder.
    if (stack !== undefined && error instanceof GearError) return {stackName: stack, region, template: undefined};
    throw error;
  }
}
