import {Args, Flags} from '@oclif/core';
import {GearCommand} from '../cli/gear-command.ts';
import {connectTo} from '../cli/service-stack.ts';
import {stackHere, stackHereFlags} from '../cli/stack-here.ts';

export default class Logs extends GearCommand {
  static override summary = 'Show what a function has logged';
  static override usage = [
    '<%= command.id %> FUNCTION [--follow] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `FUNCTION is a logical ID of the stack (in a service's folder, of its own), also without "Function" at its end, or a function's name. JSON lines are written for people: time, level, message, the other members; metrics in one line, what Lambda says of its own work dimmed. With --json each line is a JSON document with the line as it is.

Exit codes: 0, 2 there is no such function or its log could not be read.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> ingest --local --follow',
    '<%= config.bin %> <%= command.id %> IngestFunction --stack orders --errors --since 2h --profile prod',
  ];

  static override args = {
    function: Args.string({description: 'Logical ID in the stack, or name', required: true}),
  };

  static override flags = {
    follow: Flags.boolean({char: 'f', description: 'Go on with what comes, until ^C'}),
    since: Flags.string({description: 'How far back: 30s, 10m, 2h, 1d', default: '10m', helpValue: 'SPAN'}),
    errors: Flags.boolean({description: 'Only lines that tell of something that failed'}),
    filter: Flags.string({description: 'Filter pattern of CloudWatch Logs', helpValue: 'PATTERN'}),
    ...stackHereFlags,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Logs);
    const {follow, since, errors, filter: pattern} = flags;
    const {stackName, project} = await stackHere(flags);
    const {clients, notes} = await connectTo(project, flags, {starts: false});
    for (const text of notes) this.note(text);
    const {findFunction} = await import('../recovery/find-function.ts');
    const {logGroup: group} = await findFunction(clients, args.function, stackName);
    const {showLogs} = await import('../cli/show-logs.ts');
    // FilterLogEvents has a quota of a few calls a second for the whole account.
    const pollMilliseconds = flags.local ? 400 : 2000;
    await showLogs(clients, {group, since, pattern, errors, follow, json: this.json, pollMilliseconds});
  }
}
