import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  PutLogEventsCommand,
  paginateFilterLogEvents,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Bench, openBench} from '../../harness.ts';
import {type EchoCloud, startEchoCloud} from '../../wire/echo-cloud.ts';
import {startLogs} from './log-groups.ts';

let bench: Bench;
let cloud: EchoCloud;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  bench = openBench();
  cloud = await startEchoCloud([startLogs(bench)]);
  client = new CloudWatchLogsClient(cloud.client);
});
afterAll(async () => {
  client.destroy();
  await cloud.close();
  await bench.close();
});

describe('CloudWatch Logs through the SDK', () => {
  it('takes events and finds them again', async () => {
    const logGroupName = '/orders';
    await client.send(new CreateLogGroupCommand({logGroupName, tags: {team: 'shop'}}));
    await client.send(new CreateLogStreamCommand({logGroupName, logStreamName: 'a'}));
    const timestamp = Date.now();
    const logEvents = ['one', 'two', 'three'].map(message => ({timestamp, message: `ERROR ${message}`}));
    await client.send(new PutLogEventsCommand({logGroupName, logStreamName: 'a', logEvents}));
    const found: (string | undefined)[] = [];
    const pages = paginateFilterLogEvents({client, pageSize: 2}, {logGroupName, filterPattern: 'ERROR'});
    for await (const page of pages) found.push(...(page.events ?? []).map(({message}) => message));
    expect(found).toEqual(['ERROR one', 'ERROR two', 'ERROR three']);
    const {logGroups} = await client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toMatchObject([{logGroupName, storedBytes: 107}]);
    await expect(client.send(new CreateLogGroupCommand({logGroupName}))).rejects.toBeInstanceOf(
      ResourceAlreadyExistsException,
    );
  });

  it('refuses a key of one’s own by name', async () => {
    const encrypted = new CreateLogGroupCommand({logGroupName: '/secret', kmsKeyId: 'arn:aws:kms:::key/1'});
    await expect(client.send(encrypted)).rejects.toThrow(/kmsKeyId/);
    expect(cloud.bugs).toEqual([]);
  });
});
