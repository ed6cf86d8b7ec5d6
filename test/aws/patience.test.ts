import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {awsClients, type Connection} from '../../src/aws/clients.ts';
import {describeAwsError} from '../../src/aws/describe-aws-error.ts';
import {callRates, limitCalls} from '../../src/aws/limit-calls.ts';
import {leapingPace} from '../fake-aws/leaping-pace.ts';

let silent: Server;
let asked = 0;
let connection: Connection;
beforeAll(async () => {
  silent = createServer(() => void asked++);
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
  connection = {
    endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret'},
    patience: {connect: 1000, silence: 40},
  };
});
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

test('a service that takes the request and says nothing is given up after three times, in a sentence', async () => {
  const client = await awsClients(connection).cloudFormation();
  const error = await client.describeStacks({}).catch(thrown => describeAwsError(thrown, 'read the stack orders'));
  expect(error).toMatchObject({
    code: 'NO_ANSWER',
    message: 'Could not read the stack orders: nothing answered within 0.04 s, 3 times',
  });
  expect(asked).toBe(3);
});

test('an audit, which has its own way to try again, gives up on it as well', async () => {
  asked = 0;
  const pace = leapingPace();
  const place = {account: '000000000000', region: 'eu-central-1'};
  const client = await limitCalls(awsClients(connection), place, callRates(pace), pace).cloudFormation();
  await expect(client.describeStacks({})).rejects.toMatchObject({name: 'TimeoutError'});
  expect(asked).toBe(3);
});

test('an invocation is waited for, however long its function says nothing', async () => {
  const asking = (await awsClients(connection).invocations()).invoke(
    {FunctionName: 'slow'},
    {abortSignal: AbortSignal.timeout(200)},
  );
  await expect(asking).rejects.toMatchObject({name: 'AbortError'});
});

test('a function whose answer is lost is not invoked again: it may have run', async () => {
  let invoked = 0;
  const server = createServer(request => {
    invoked++;
    request.socket.destroy();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asking = (await awsClients({...connection, endpoint}).invocations()).invoke({FunctionName: 'pay'});
  await expect(asking).rejects.toMatchObject({code: 'ECONNRESET'});
  expect(invoked).toBe(1);
  server.close();
});

const profiles = fileURLToPath(new URL('profiles.ini', import.meta.url));

test.each([
  ['AWS_MAX_ATTEMPTS', {AWS_MAX_ATTEMPTS: '2', AWS_CONFIG_FILE: profiles}, 2],
  ['max_attempts of the profile', {AWS_PROFILE: 'patient', AWS_CONFIG_FILE: profiles}, 5],
  ['nothing', {AWS_CONFIG_FILE: profiles}, 8],
])('calls are tried as often as %s says', async (_, environment, attempts) => {
  const before = process.env;
  process.env = {...before, ...environment};
  try {
    const {config} = await awsClients(connection).cloudFormation();
    expect(await config.maxAttempts()).toBe(attempts);
  } finally {
    process.env = before;
  }
});
