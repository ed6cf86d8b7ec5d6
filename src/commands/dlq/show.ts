import {Flags} from '@oclif/core';
import {GearCommand} from '../../cli/gear-command.ts';
import {interruptible} from '../../cli/interrupt.ts';
import {openQueuePlace, queueArgs, queueFlags, targetQueue} from '../../cli/queue-target.ts';

export default class DlqShow extends GearCommand {
  static override summary = 'Show messages with cause and origin';
  static override usage = [
    '<%= command.id %> [QUEUE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `The messages stay in the queue: they are put back at once. Each look counts as a receive, so that a queue with a redrive policy of its own moves a message on when it was looked at too often.

Exit codes: 0 shown, also when there were none, 2 there is no such queue or it could not be read.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> DeadLetterQueue --local',
    '<%= config.bin %> <%= command.id %> DeadLetterQueue --limit 3 --filter FailureKind=permanent --local',
    '<%= config.bin %> <%= command.id %> orders-dlq --profile prod --json',
  ];

  static override args = queueArgs;

  static override flags = {
    limit: Flags.integer({description: 'Messages at most', default: 10, min: 1, max: 1000, helpValue: 'N'}),
    filter: Flags.string({
      description: 'Only messages with this TEXT, or with KEY=VALUE as attribute or in the JSON body; may be repeated',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'FILTER',
    }),
    full: Flags.boolean({description: 'Bodies to their end, however long'}),
    ...queueFlags,
  };

  async run(): Promise<void> {
    const given = await this.parse(DlqShow);
    const {limit, filter: filters = [], full} = given.flags;
    const place = await openQueuePlace(given);
    const {clients, notes} = place;
    for (const text of notes) this.note(text);
    const queue = await targetQueue(place, given);
    const {peek} = await import('../../recovery/peek.ts');
    const messages = await interruptible(signal => peek(clients, queue, {limit, filters, signal}));
    const {deadLettersText, peekNote} = await import('../../report/dlq.ts');
    const {paintFor} = await import('../../terminal/paint.ts');
    if (messages.length > 0) this.note(peekNote);
    this.result({queue: queue.name, messages}, () =>
      deadLettersText(queue.name, messages, {full, paint: paintFor('stdout')}),
    );
  }
}
