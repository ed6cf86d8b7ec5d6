import {GearCommand} from '../../cli/gear-command.ts';
import {givenQueue, openQueuePlace, queueArgs, queueFlags} from '../../cli/queue-target.ts';

export default class DlqList extends GearCommand {
  static override summary = 'List dead-letter queues with depth and age';
  static override usage = [
    '<%= command.id %> [QUEUE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `A queue is listed when the redrive policy of another queue names it, or the dead-letter queue or failure destination of a function or its event source mapping. In a service's folder the queues of its stack are listed, elsewhere all of the account and region. The age of the oldest message is CloudWatch's, some minutes late.

Exit codes: 0 listed, 2 could not be read.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --stage prod --profile prod',
  ];

  static override args = queueArgs;

  static override flags = queueFlags;

  async run(): Promise<void> {
    const given = await this.parse(DlqList);
    const {clients, identity, notes, stackName} = await openQueuePlace(given);
    for (const text of notes) this.note(text);
    const {deadLetterQueues} = await import('../../recovery/dead-letter-queues.ts');
    const {findQueue} = await import('../../recovery/find-queue.ts');
    const named = givenQueue(given);
    const only = named === undefined ? undefined : await findQueue(clients, named, stackName);
    // A queue that is named may be of another stack than the one of this folder.
    const scope = only === undefined && stackName !== undefined ? {stackName} : {};
    const all = await deadLetterQueues(clients, {...scope, now: Date.now()});
    const queues = only === undefined ? all : all.filter(({arn}) => arn === only.arn);
    const {deadLetterQueuesText} = await import('../../report/dlq.ts');
    const {paintFor} = await import('../../terminal/paint.ts');
    const {account, region} = identity;
    this.result({...scope, account, region, queues}, () =>
      deadLetterQueuesText(queues, {...scope, account, region, ...(named && {queue: named})}, paintFor('stdout')),
    );
  }
}
