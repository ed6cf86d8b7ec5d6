import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test, vi} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';

test('a queue is asked at the endpoint, also when its URL names AWS', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers['x-amz-target'] as string);
    response.end('{"Attributes": {"ApproximateNumberOfMessages": "3"}}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  onTestFinished(() => {
    server.close();
    vi.unstubAllEnvs();
  });
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'};
  const clients = awsClients({region: 'eu-central-1', credentials});
  // Nothing has this name, so that a call that went there would fail.
  const QueueUrl = 'https://sqs.eu-central-1.amazonaws.invalid/123456789012/orders';
  const {Attributes} = await (await clients.sqs()).getQueueAttributes({QueueUrl});
  expect(Attributes).toEqual({ApproximateNumberOfMessages: '3'});
  expect(asked).toEqual(['AmazonSQS.GetQueueAttributes']);
});
