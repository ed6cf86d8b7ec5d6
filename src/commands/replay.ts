import {Flags} from '@oclif/core';
import {GearCommand} from '../cli/gear-command.ts';
import {interruptible} from '../cli/interrupt.ts';
import {connectTo} from '../cli/service-stack.ts';
import {showProgress} from '../cli/show-progress.ts';
import {timeOf} from '../cli/span.ts';
import {stackHere, stackHereFlags} from '../cli/stack-here.ts';
import {exitCodes, GearError} from '../errors.ts';

export default class Replay extends GearCommand {
  static override summary = 'Give what failed for good another try';
  static override usage = ['<%= command.id %> [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]'];

  static override description =
    `Reads the records of what failed from the service's table and puts each back: its message on the queue, or its row to the state in which it is taken up. The template says how, in Metadata.Gear.Replay, and which status is meant when none is given. A message is sent before its record is deleted, so nothing is lost when it is interrupted, and the same command goes on.

Exit codes: 0 replayed or nothing to replay, 2 some could not be replayed, 130 interrupted.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run --local',
    '<%= config.bin %> <%= command.id %> --status transient --from 2h --local',
    '<%= config.bin %> <%= command.id %> --status FAILED --filter cause.name=Unavailable --local',
    '<%= config.bin %> <%= command.id %> --stack orders --from 2026-03-01T08:00:00Z --to 2026-03-01T12:00:00Z --profile prod',
  ];

  static override flags = {
    status: Flags.string({
      description: 'Only what has this status (FAILED, EXPIRED, transient, ...), or all',
      helpValue: 'STATUS',
    }),
    filter: Flags.string({
      description:
        'Only records with this text, or with KEY=VALUE by a path (cause.name=Unavailable); all of them, where it is said more than once',
      multiple: true,
      helpValue: 'FILTER',
    }),
    from: Flags.string({description: 'Not older: a time, or how long ago (2h, 1d)', helpValue: 'TIME'}),
    to: Flags.string({description: 'Not younger: a time, or how long ago', helpValue: 'TIME'}),
    limit: Flags.integer({description: 'Records at most', min: 1, helpValue: 'N'}),
    'dry-run': Flags.boolean({description: 'Count what would be replayed, and change nothing'}),
    ...stackHereFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Replay);
    const {limit, filter: filters = [], 'dry-run': dryRun} = flags;
    const from = flags.from === undefined ? {} : {from: timeOf('--from', flags.from)};
    const to = flags.to === undefined ? {} : {to: timeOf('--to', flags.to)};
    const {stackName, project} = await stackHere(flags);
    if (stackName === undefined)
      throw new GearError('No service stands in this folder: say which stack', {
        code: 'USAGE',
        suggestions: ['--stack NAME'],
      });
    const {clients, identity, notes} = await connectTo(project, flags, {starts: true});
    for (const text of notes) this.note(text);
    const {readReplaySettings} = await import('../recovery/replay-settings.ts');
    const {replay} = await import('../recovery/replay.ts');
    const {replayProgress, replayedText} = await import('../report/replay.ts');
    const settings = await readReplaySettings(clients, stackName);
    const {status = settings.DefaultStatus ?? 'all'} = flags;
    const progress = showProgress();
    const result = await interruptible(signal =>
      replay(clients, {
        stackName,
        settings,
        region: identity.region,
        ...from,
        ...to,
        ...(status === 'all' ? {} : {status}),
        filters,
        ...(limit === undefined ? {} : {limit}),
        dryRun,
        signal,
        onProgress: result => progress.show(replayProgress(stackName, result, dryRun)),
      }),
    ).finally(() => progress.end());
    this.result({stack: stackName, dryRun, ...result}, () => replayedText(stackName, result, dryRun));
    if (result.interrupted) process.exitCode = exitCodes.interrupted;
    else if (result.failed > 0) process.exitCode = exitCodes.failed;
  }
}
