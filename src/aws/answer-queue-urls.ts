import type {AwsClients} from './clients.ts';
import {type Watch, watchCalls} from './watch-calls.ts';

/**
 * The same clients; once a queue has the URL that its region, account and name make, those of the others are not asked
 * for. It may have another one at another endpoint than AWS's, which the AWS configuration may name.
 */
export function answerQueueUrls(clients: AwsClients, region: string): AwsClients {
  let asked: Promise<boolean> | undefined;
  const watch: Watch = async ({operation, input}, send) => {
    if (operation !== 'GetQueueUrl') return send();
    const url = urlOf(input, region);
    if (asked !== undefined) return (await asked) ? {QueueUrl: url, $metadata: {}} : send();
    const answer = send();
    // A queue that is not there tells nothing of the others.
    asked = answer.then(
      ({QueueUrl}: {QueueUrl?: string}) => QueueUrl === url,
      () => {
        asked = undefined;
        return false;
      },
    );
    return answer;
  };
  return watchCalls(clients, watch);
}

function urlOf(input: {QueueName?: string; QueueOwnerAWSAccountId?: string}, region: string): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://sqs.${region}.${suffix}/${input.QueueOwnerAWSAccountId}/${input.QueueName}`;
}
