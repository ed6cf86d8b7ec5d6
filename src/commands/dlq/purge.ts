import {Flags} from '@oclif/core';
import {GearCommand} from '../../cli/gear-command.ts';
import {openQueuePlace, queueArgs, queueFlags, targetQueue} from '../../cli/queue-target.ts';
import {exitCodes, GearError} from '../../errors.ts';

export default class DlqPurge extends GearCommand {
  static override summary = 'Delete all messages of a dead-letter queue';
  static override usage = [
    '<%= command.id %> [QUEUE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `They cannot be brought back. On a terminal the name of the queue has to be typed; elsewhere --yes is needed.

Exit codes: 0 purged, 2 could not be purged, 4 not confirmed.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> DeadLetterQueue --local',
    '<%= config.bin %> <%= command.id %> DeadLetterQueue --local --yes',
  ];

  static override args = queueArgs;

  static override flags = {
    yes: Flags.boolean({char: 'y', description: 'Delete without asking'}),
    ...queueFlags,
  };

  async run(): Promise<void> {
    const given = await this.parse(DlqPurge);
    const place = await openQueuePlace(given);
    const {clients, notes} = place;
    for (const text of notes) this.note(text);
    const queue = await targetQueue(place, given);
    const {purgeQueue, messagesIn} = await import('../../recovery/purge.ts');
    const messages = await messagesIn(clients, queue);
    const {purgedText, purgeQuestion} = await import('../../report/dlq.ts');
    // What the queue is called in the template is its name to whoever typed it so.
    const called = given.args.queue ?? given.flags.queue ?? queue.name;
    if (
      !given.flags.yes &&
      !(await this.#confirmed([queue.name, called], purgeQuestion(queue.name, called, messages)))
    ) {
      this.note('Nothing was deleted');
      process.exitCode = exitCodes.approval;
      return;
    }
    await purgeQueue(clients, queue);
    this.result({queue: queue.name, messages}, () => purgedText(queue.name, messages));
  }

  async #confirmed(names: readonly [string, string], question: string): Promise<boolean> {
    if (!process.stdin.isTTY || !process.stderr.isTTY)
      throw new GearError(`Purging ${names[0]} deletes its messages for good; without a terminal it needs --yes`, {
        code: 'CONFIRMATION_NEEDED',
        suggestions: [`gear dlq show ${names[0]}`, '--yes'],
        exit: exitCodes.approval,
      });
    const {input} = await import('@inquirer/prompts');
    return names.includes((await input({message: question}, {output: process.stderr})).trim());
  }
}
