import type {SQS} from '@aws-sdk/client-sqs';
import {expect, test} from 'vitest';
import {answerQueueUrls} from '../../src/aws/answer-queue-urls.ts';
import {awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';

const there = ['orders', 'receipts', 'returns'];

/** An SQS whose URLs begin so, and the queues that it was asked for. */
function sqsOf(start: string) {
  const asked: string[] = [];
  const credentials = {accessKeyId: 'a', secretAccessKey: 'b'};
  const ours = answerQueueUrls(awsClients({region: 'eu-central-1', credentials}));
  const clients = watchCalls(ours, async ({input}) => {
    const {QueueName = '', QueueOwnerAWSAccountId: owner} = input as {
      QueueName?: string;
      QueueOwnerAWSAccountId?: string;
    };
    asked.push(QueueName);
    if (!there.includes(QueueName)) throw Object.assign(new Error('gone'), {name: 'QueueDoesNotExist'});
    return {QueueUrl: start.includes('?') ? start : `${start}/${owner}/${QueueName}`};
  });
  const urls = async (...names: string[]) => {
    const sqs: SQS = await clients.sqs();
    const QueueOwnerAWSAccountId = '111122223333';
    const all = names.map(QueueName => sqs.getQueueUrl({QueueName, QueueOwnerAWSAccountId}));
    return (await Promise.allSettled(all)).map(each => (each.status === 'fulfilled' ? each.value.QueueUrl : 'gone'));
  };
  return {asked, urls};
}

test.each([
  'https://sqs.eu-central-1.amazonaws.com',
  'http://127.0.0.1:4566',
  'http://localhost:4566/queue/eu-central-1',
])('at %s the first URL tells those of the others', async start => {
  const {asked, urls} = sqsOf(start);
  expect(await urls(...there)).toEqual(there.map(name => `${start}/111122223333/${name}`));
  expect(asked).toEqual(['orders']);
});

test('a queue that is not there tells nothing of the others', async () => {
  const {asked, urls} = sqsOf('https://sqs');
  expect(await urls('gone', 'orders')).toEqual(['gone', 'https://sqs/111122223333/orders']);
  expect(asked).toEqual(['gone', 'orders']);
});

test('where URLs do not end in account and name each queue is asked for', async () => {
  const {asked, urls} = sqsOf('https://sqs/?queue=7');
  expect(await urls(...there)).toEqual(there.map(() => 'https://sqs/?queue=7'));
  expect(asked).toEqual(there);
});
