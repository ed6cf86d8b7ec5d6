import {Args, Flags} from '@oclif/core';
import {GearCommand} from '../../cli/gear-command.ts';

export default class RemoveFunction extends GearCommand {
  static override summary = 'Take a function out of a service';
  static override description =
    `Takes a function out of a template, with what exists for it alone: its role, its log group, its trigger and the queues that gear wrote with it, its alarms, its outputs and its lines in the README. Handler, test and event go when they are as gear wrote them; what was worked on stays, unless --force.

Nothing is changed when something else refers to what would go: it is named, with its line.

Exit codes: 0 removed, 2 could not do it, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> remove function notify --dry-run',
    '<%= config.bin %> remove function notify',
  ];
  static override args = {name: Args.string({description: 'Name of the function', required: true})};
  static override flags = {
    dir: Flags.string({description: 'Folder of the service, or its template', helpValue: 'PATH', default: '.'}),
    'dry-run': Flags.boolean({description: 'Print what would change, write nothing'}),
    force: Flags.boolean({description: 'Delete its files even when they were worked on'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RemoveFunction);
    const {requireFunctionName} = await import('../../scaffold/function-name.ts');
    const name = requireFunctionName(args.name);
    const {readProject} = await import('../../project/read-project.ts');
    const project = readProject(flags.dir);
    const {removeFunction} = await import('../../scaffold/remove-function.ts');
    const change = await removeFunction(project, name, {force: flags.force});
    const document = {function: name, dryRun: flags['dry-run'], ...change};
    const {plannedChange, removedFunction} = await import('../../report/function-change.ts');
    if (flags['dry-run']) return this.result(document, () => plannedChange(change));
    const {writeChange} = await import('../../scaffold/service-change.ts');
    const {interruptible} = await import('../../cli/interrupt.ts');
    await interruptible(signal => writeChange(project.folder, change, signal));
    this.result(document, () => removedFunction(change, name));
  }
}
