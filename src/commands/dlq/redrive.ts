import {Flags} from '@oclif/core';
import {GearCommand} from '../../cli/gear-command.ts';
import {interruptible} from '../../cli/interrupt.ts';
import {openQueuePlace, queueArgs, queueFlags, targetQueue} from '../../cli/queue-target.ts';
import {showProgress} from '../../cli/show-progress.ts';
import {exitCodes, GearError} from '../../errors.ts';

export default class DlqRedrive extends GearCommand {
  static override summary = 'Move dead letters back to their source queue';
  static override usage = [
    '<%= command.id %> [QUEUE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `Each message goes back to the queue that SQS moved it from, or to the only queue whose dead letters come here. It is deleted only after it was sent, so none is lost: ^C finishes the messages in hand, and the same command goes on with the rest. Where the answer of SQS gets lost, a message may be in both queues.

A dry run looks at every message and puts it back, and each look counts as a receive.

Exit codes: 0 moved or nothing to move, 2 some could not be moved, 130 interrupted.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> DeadLetterQueue --dry-run --local',
    '<%= config.bin %> <%= command.id %> ParkingQueue --filter FailureKind=transient --rate 5 --local',
    '<%= config.bin %> <%= command.id %> orders-dlq --limit 1 --profile prod',
  ];

  static override args = queueArgs;

  static override flags = {
    rate: Flags.string({description: 'Messages a second at most, such as 5 or 5/s', helpValue: 'N'}),
    filter: Flags.string({
      description: 'Only messages with this TEXT, or with KEY=VALUE as attribute or in the JSON body; may be repeated',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'FILTER',
    }),
    limit: Flags.integer({description: 'Messages at most', min: 1, helpValue: 'N'}),
    to: Flags.string({description: 'Another queue to move them to', helpValue: 'QUEUE'}),
    'dry-run': Flags.boolean({description: 'Count what would be moved, and move nothing'}),
    ...queueFlags,
  };

  async run(): Promise<void> {
    const given = await this.parse(DlqRedrive);
    const {rate, filter: filters = [], limit, to, 'dry-run': dryRun} = given.flags;
    const perSecond = rate === undefined ? undefined : rateOf(rate);
    const place = await openQueuePlace(given);
    const {clients, notes} = place;
    for (const text of notes) this.note(text);
    const queue = await targetQueue(place, given);
    const {findQueue} = await import('../../recovery/find-queue.ts');
    const destination = to === undefined ? undefined : await findQueue(clients, to, place.stackName);
    const {redrive} = await import('../../recovery/redrive.ts');
    const {redriveProgress, redrivenText} = await import('../../report/dlq.ts');
    const progress = showProgress();
    const result = await interruptible(signal =>
      redrive(clients, queue, {
        filters,
        dryRun,
        signal,
        ...(destination === undefined ? {} : {to: destination}),
        ...(perSecond === undefined ? {} : {rate: perSecond}),
        ...(limit === undefined ? {} : {limit}),
        onProgress: result => progress.show(redriveProgress(queue.name, result, dryRun)),
      }),
    ).finally(() => progress.end());
    this.result({queue: queue.name, ...(destination && {to: destination.name}), dryRun, ...result}, () =>
      redrivenText(queue.name, result, dryRun),
    );
    if (result.interrupted) process.exitCode = exitCodes.interrupted;
    else if (result.failed > 0) process.exitCode = exitCodes.failed;
  }
}

function rateOf(text: string): number {
  const [, count] = /^([1-9]\d{0,5})(?:\/s)?$/.exec(text) ?? [];
  if (count === undefined)
    throw new GearError(`--rate ${text} is not a number of messages a second`, {
      code: 'USAGE',
      suggestions: ['--rate 5', '--rate 5/s'],
    });
  return Number(count);
}
