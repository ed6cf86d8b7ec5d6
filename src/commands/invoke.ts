import {existsSync, readFileSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {Args, Flags} from '@oclif/core';
import {GearCommand} from '../cli/gear-command.ts';
import {interruptible} from '../cli/interrupt.ts';
import {connectTo} from '../cli/service-stack.ts';
import {stackHere, stackHereFlags} from '../cli/stack-here.ts';
import {exitCodes, GearError, shownPath} from '../errors.ts';
import type {FoundFunction} from '../recovery/find-function.ts';

export default class Invoke extends GearCommand {
  static override summary = 'Invoke a function and show its answer';
  static override usage = [
    '<%= command.id %> FUNCTION [--event FILE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `FUNCTION is a logical ID of the stack (in a service's folder, of its own), also without "Function" at its end, or a function's name. The event comes from --event; without it from the service's events folder (events/ingest.json for IngestFunction); else it is {}. The answer goes to standard output, duration and memory to standard error.

Exit codes: 0 answered, 1 the function failed, 2 it could not be invoked, 130 interrupted.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> ingest --local',
    '<%= config.bin %> <%= command.id %> IngestFunction --event events/ingest.json --tail --local',
    '<%= config.bin %> <%= command.id %> ingest --stage prod --profile prod',
    'echo \'{"id":7}\' | <%= config.bin %> <%= command.id %> orders-accept --event - --async --profile dev',
  ];

  static override args = {
    function: Args.string({description: 'Logical ID in the stack, or name', required: true}),
  };

  static override flags = {
    event: Flags.string({char: 'e', description: 'File with the event, - for standard input', helpValue: 'FILE'}),
    async: Flags.boolean({description: 'Do not wait for the answer', exclusive: ['tail']}),
    tail: Flags.boolean({description: 'Show the end of the function’s log too'}),
    ...stackHereFlags,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Invoke);
    const {stackName, project} = await stackHere(flags);
    const {clients, notes} = await connectTo(project, flags, {starts: true});
    for (const text of notes) this.note(text);
    const {findFunction} = await import('../recovery/find-function.ts');
    const found = await findFunction(clients, args.function, stackName);
    const event = await this.#event(flags.event, args.function, found);
    const {invokeFunction} = await import('../recovery/invoke.ts');
    const name = found.logicalId ?? found.name;
    const invocation = await interruptible(signal =>
      invokeFunction(clients, found.name, {event, async: flags.async, signal}),
    );
    const {acceptedText, answerText, functionErrorText} = await import('../report/invocation.ts');
    const {logEntry} = await import('../recovery/log-entry.ts');
    const {entryText} = await import('../report/log-lines.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    const paint = paintFor('stderr');
    const entries = invocation.log.map(logEntry);
    const report = entries.findLast(entry => entry.kind === 'platform' && /^report /i.test(entry.text));
    for (const entry of flags.tail ? entries : report === undefined ? [] : [report]) this.note(entryText(entry, paint));
    if (invocation.error !== undefined) {
      process.exitCode = exitCodes.findings;
      if (!this.json) this.note(functionErrorText(name, invocation.error, paint));
    }
    if (flags.async) this.note(acceptedText(name, invocation));
    this.result({function: found.name, ...invocation}, () => answerText(invocation));
  }

  async #event(given: string | undefined, name: string, found: FoundFunction): Promise<string> {
    const path = given ?? (await this.#eventOfService([name, ...(found.logicalId ? [found.logicalId] : [])]));
    if (path === undefined) {
      this.note('No --event and none in events/: invoked with {}');
      return '{}';
    }
    if (path !== '-' && !existsSync(path)) throw new GearError(`There is no file ${path}`, {code: 'NO_EVENT'});
    const event = path === '-' ? await text(process.stdin) : readFileSync(path, 'utf8');
    try {
      JSON.parse(event);
      return event;
    } catch (error) {
      const from = path === '-' ? 'standard input' : shownPath(path);
      throw new GearError(`The event in ${from} is not JSON: ${(error as Error).message}`, {code: 'EVENT_INVALID'});
    }
  }

  async #eventOfService(names: readonly string[]): Promise<string | undefined> {
    const {findEvent} = await import('../project/find-event.ts');
    const path = findEvent('.', names);
    if (path !== undefined) this.note(`Invoked with ${shownPath(path)}`);
    return path;
  }
}
