import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {nestedResources} from '../aws/nested-resources.ts';
import {type DeadLetterSource, functionSources, queueSources} from './failure-targets.ts';

export interface DeadLetterQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly logicalId?: string;
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Seconds, as CloudWatch last counted them; absent when it has not. */
  readonly oldestAge?: number;
  readonly sources: readonly Pick<DeadLetterSource, 'kind' | 'name'>[];
}

/** The queues that are somebody's dead-letter queue or failure destination: of a stack, or all there are. */
export async function deadLetterQueues(
  clients: AwsClients,
  {stackName, now}: {readonly stackName?: string; readonly now: number},
): Promise<readonly DeadLetterQueue[]> {
  const resources = stackName === undefined ? undefined : await nestedResources(clients, stackName);
  const own = resources?.filter(({type}) => type === 'AWS::SQS::Queue');
  try {
    const queues = await readQueues(clients, own?.map(({physicalId}) => physicalId) ?? (await queueUrls(clients)));
    const sources = [...queueSources(queues), ...(await functionSources(clients, resources))];
    const found: DeadLetterQueue[] = [];
    for (const {name, url, attributes} of queues) {
      const feeding = sources.filter(({targetArn}) => targetArn === attributes.QueueArn);
      if (feeding.length === 0) continue;
      const logicalId = own?.find(({physicalId}) => physicalId === url)?.logicalId;
      const waiting = Number(attributes.ApproximateNumberOfMessages);
      const oldestAge = waiting === 0 ? undefined : await ageOfOldest(clients, name, now);
      found.push({
        name,
        url,
        arn: attributes.QueueArn!,
        ...(logicalId === undefined ? {} : {logicalId}),
        waiting,
        inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(attributes.ApproximateNumberOfMessagesDelayed),
        ...(oldestAge === undefined ? {} : {oldestAge}),
        sources: feeding.map(({kind, name}) => ({kind, name})),
      });
    }
    return found;
  } catch (error) {
    throw describeAwsError(error, 'read the dead-letter queues');
  }
}

async function queueUrls(clients: AwsClients): Promise<readonly string[]> {
  const sqs = await clients.sqs();
  const urls: string[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await sqs.listQueues({MaxResults: 1000, NextToken});
    urls.push(...(page.QueueUrls ?? []));
    if (page.NextToken === undefined) return urls;
    NextToken = page.NextToken;
  }
}

async function readQueues(clients: AwsClients, urls: readonly string[]) {
  const sqs = await clients.sqs();
  const queues = [];
  for (const url of urls) {
    const {Attributes = {}} = await sqs.getQueueAttributes({QueueUrl: url, AttributeNames: ['All']});
    queues.push({url, name: url.slice(url.lastIndexOf('/') + 1), attributes: Attributes});
  }
  return queues;
}

/** SQS itself does not tell; its metric does, some minutes late. */
async function ageOfOldest(clients: AwsClients, name: string, now: number): Promise<number | undefined> {
  const {Datapoints = []} = await (await clients.cloudWatch()).getMetricStatistics({
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{Name: 'QueueName', Value: name}],
    StartTime: new Date(now - 15 * 60_000),
    EndTime: new Date(now + 60_000),
    Period: 60,
    Statistics: ['Maximum'],
  });
  return Datapoints.sort((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0]?.Maximum;
}
