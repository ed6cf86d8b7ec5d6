import {Args, Flags} from '@oclif/core';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';
import {exitCodes} from '../../errors.ts';

export default class LocalUsage extends GearCommand {
  static override summary = 'Show what each role grants, and what was used of it';

  static override description =
    `For every function on the embedded AWS: each granted action on each resource, whether a run has used it, and the calls that were denied. What an AWS service does on the role's behalf, such as polling its queue, counts as use. "not exercised" says that the run could not have used it, which is nothing against the grant.

Exit codes: 0, or 1 when --fail-on finds something; 2 gear local does not run or has no such function.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> IngestFunction',
    {
      description: 'In a pipeline: no grant without use, no denied call',
      command: '<%= config.bin %> <%= command.id %> --fail-on unused --fail-on denied',
    },
  ];

  static override args = {
    function: Args.string({description: 'Name or logical ID of one function; all unless said'}),
  };

  static override flags = {
    'fail-on': Flags.string({
      description: 'Exit 1 when there is one; may be repeated',
      options: ['unused', 'denied'],
      multiple: true,
      multipleNonGreedy: true,
    }),
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {args, flags} = await this.parse(LocalUsage);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {askUsage} = await import('../../local/control-client.ts');
    const {usageText} = await import('../../report/usage.ts');
    const {paintFor} = await import('../../terminal/paint.ts');
    const report = await askUsage(await requireLocalCloud(flags.dir), args.function);
    this.result(report, () => usageText(report, paintFor('stdout')));
    const {unused, denied} = report.summary;
    const failed = (flags['fail-on'] ?? []).some(what => (what === 'unused' ? unused : denied) > 0);
    if (failed) process.exitCode = exitCodes.findings;
  }
}
