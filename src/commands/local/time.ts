import {Args} from '@oclif/core';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';

export default class LocalTime extends GearCommand {
  static override summary = 'Show the time of the embedded AWS, or put it forward';

  static override description =
    `What falls due on the way happens: visibility timeouts and delays end, schedules go off, items and messages expire, alarms look again. It goes forward only, and stays ahead until gear local reset. Functions see the machine's time, and their timeouts go by it.

Exit codes: 0 done, 2 it does not run or the span is not one.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> +15m',
    {
      description: 'Let items with a time to live of a day expire',
      command: '<%= config.bin %> <%= command.id %> +1d1h',
    },
  ];

  static override args = {
    span: Args.string({description: 'How far to go: +45s, +15m, +1h30m, +2d, +1w'}),
  };

  static override flags = {
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {args, flags} = await this.parse(LocalTime);
    const {parseTimeSpan} = await import('../../local/time-span.ts');
    const span = args.span === undefined ? undefined : parseTimeSpan(args.span);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {askTime, moveTime} = await import('../../local/control-client.ts');
    const cloud = await requireLocalCloud(flags.dir);
    const time = span === undefined ? await askTime(cloud) : await moveTime(cloud, span);
    const {timeText} = await import('../../report/local.ts');
    this.result(time, () => timeText(time));
  }
}
