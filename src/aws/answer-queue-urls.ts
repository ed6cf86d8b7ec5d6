import type {AwsClients} from './clients.ts';
import {type Watch, watchCalls} from './watch-calls.ts';

/**
 * The same clients; the URLs of queues end in their account and name, and what the first one begins with the others begin
 * with, too, so that they are not asked for. That is different at every endpoint, and the AWS configuration may name one.
 */
export function answerQueueUrls(clients: AwsClients): AwsClients {
  let asked: Promise<string | undefined> | undefined;
  const watch: Watch = async ({operation, input}, send) => {
    if (operation !== 'GetQueueUrl') return send();
    const end = endOf(input);
    if (asked !== undefined) {
      const start = await asked;
      return start === undefined ? send() : {QueueUrl: `${start}${end}`, $metadata: {}};
    }
    const answer = send();
    asked = answer.then(
      ({QueueUrl = ''}: {QueueUrl?: string}) => (QueueUrl.endsWith(end) ? QueueUrl.slice(0, -end.length) : undefined),
      () => {
        // A queue that is not there tells nothing of the others.
        asked = undefined;
        return undefined;
      },
    );
    return answer;
  };
  return watchCalls(clients, watch);
}

function endOf({QueueName, QueueOwnerAWSAccountId}: {QueueName?: string; QueueOwnerAWSAccountId?: string}): string {
  return `/${QueueOwnerAWSAccountId}/${QueueName}`;
}
