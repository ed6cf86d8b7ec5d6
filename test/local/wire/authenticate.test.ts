import {get, request} from 'node:http';
import {networkInterfaces} from 'node:os';
import {IAMClient, ListRolesCommand} from '@aws-sdk/client-iam';
import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda';
import {GetObjectCommand, S3Client} from '@aws-sdk/client-s3';
import {ListQueuesCommand, SQSClient} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {systemClock} from '../../../src/local/clock.ts';
import {operationOf} from '../../../src/local/operation.ts';
import type {ServiceError} from '../../../src/local/service-error.ts';
import {structure} from '../../../src/local/shape.ts';
import {authenticate, signatureOf} from '../../../src/local/wire/authenticate.ts';
import {readTarget} from '../../../src/local/wire/request.ts';
import {developer} from '../harness.ts';
import {type EchoCloud, serviceOf, startEchoCloud} from './echo-cloud.ts';
import {fakeS3} from './fake-s3.ts';

const echo = (name: string) =>
  operationOf<unknown>()({name, input: structure({}), permissions: () => [], run: () => ({})});
const fake = fakeS3();

const now = Date.parse('2026-01-01T00:00:00Z');
let cloud: EchoCloud;
beforeAll(async () => {
  cloud = await startEchoCloud([
    serviceOf('sqs', {kind: 'json', targetPrefix: 'AmazonSQS', version: '1.0'}, [echo('ListQueues')]),
    serviceOf('iam', {kind: 'query', version: '2010-05-08', namespace: 'urn:iam'}, [echo('ListRoles')]),
    serviceOf('lambda', {kind: 'rest-json'}, [echo('ListFunctions')]),
    fake.service,
  ]);
  const session = {secretAccessKey: 'secret', sessionToken: 'token', caller: developer};
  cloud.keys.set('ASIACURRENT', {accessKeyId: 'ASIACURRENT', ...session, expiresAt: Date.now() + 60_000});
  cloud.keys.set('ASIAEXPIRED', {accessKeyId: 'ASIAEXPIRED', ...session, expiresAt: now});
});
afterAll(() => cloud.close());

type Change = Record<string, unknown>;

/** One call of each protocol, with some of the client's settings changed. */
const calls: Record<string, (change: Change) => Promise<unknown>> = {
  json: change => new SQSClient({...cloud.client, ...change}).send(new ListQueuesCommand({})),
  query: change => new IAMClient({...cloud.client, ...change}).send(new ListRolesCommand({})),
  'rest-json': change => new LambdaClient({...cloud.client, ...change}).send(new InvokeCommand({FunctionName: 'a'})),
  'rest-xml': change =>
    new S3Client({...cloud.client, ...change}).send(new GetObjectCommand({Bucket: 'a', Key: 'none'})),
};

const secret = 'secret';
describe('a request is refused in its own protocol', () => {
  it.each([
    [
      'an unknown key',
      {accessKeyId: 'AKIANONE', secretAccessKey: secret},
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidAccessKeyId',
    ],
    [
      'a wrong secret',
      {accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'x'},
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ],
    [
      'an expired token',
      {accessKeyId: 'ASIAEXPIRED', secretAccessKey: secret, sessionToken: 'token'},
      'ExpiredTokenException',
      'ExpiredToken',
      'ExpiredTokenException',
      'ExpiredToken',
    ],
    [
      'a wrong token',
      {accessKeyId: 'ASIACURRENT', secretAccessKey: secret, sessionToken: 'x'},
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidToken',
    ],
    [
      'no token',
      {accessKeyId: 'ASIACURRENT', secretAccessKey: secret},
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidToken',
    ],
  ])('with %s', async (_, credentials, ...names) => {
    for (const [index, call] of Object.values(calls).entries())
      await expect(call({credentials})).rejects.toMatchObject({name: names[index]});
  });

  it('with a clock that is wrong by more than 15 minutes', async () => {
    const systemClockOffset = -20 * 60_000;
    const names = [
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'RequestTimeTooSkewed',
    ];
    for (const [index, call] of Object.values(calls).entries())
      await expect(call({systemClockOffset})).rejects.toMatchObject({name: names[index]});
  });

  it('with the region of another cloud, both regions named', async () => {
    for (const kind of ['json', 'rest-json', 'rest-xml'])
      await expect(calls[kind]!({region: 'eu-west-1'})).rejects.toThrow(/'eu-west-1' is wrong; expecting 'us-east-1'/);
    // IAM is global: its clients sign for us-east-1, or for the region they are in.
    await expect(calls.query!({region: 'eu-west-1'})).resolves.toBeDefined();
  });

  it('but not with a current token', async () => {
    const credentials = {accessKeyId: 'ASIACURRENT', secretAccessKey: secret, sessionToken: 'token'};
    await expect(calls.json!({credentials})).resolves.toBeDefined();
    await expect(calls['rest-xml']!({credentials})).rejects.toMatchObject({name: 'NoSuchKey'});
  });
});

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A request by hand: what a browser, curl or a stranger would send. */
function send(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({port: cloud.port, host: '127.0.0.1', path, headers, method}, response => {
      let body = '';
      response.on('data', chunk => {
        body += chunk;
      });
      response.on('end', () => resolve({status: response.statusCode!, body}));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('a request without a signature', () => {
  it.each([
    ['S3', '/orders/a', {}, 403, '<Code>AccessDenied</Code>'],
    ['JSON', '/', {'x-amz-target': 'AmazonSQS.ListQueues'}, 400, 'MissingAuthenticationTokenException'],
    ['Query', '/?Action=ListRoles&Version=2010-05-08', {}, 403, '<Code>MissingAuthenticationToken</Code>'],
    ['REST-JSON', '/2015-03-31/functions', {}, 403, 'Missing Authentication Token'],
    [
      'a URL of signature version 2',
      '/orders/a?AWSAccessKeyId=A&Signature=b&Expires=1',
      {},
      501,
      'Signature Version 2',
    ],
  ])('is refused in %s', async (_, path, headers, status, text) => {
    const answer = await send(path, headers);
    expect(answer).toMatchObject({status, body: expect.stringContaining(text)});
  });
});

describe('a header of S3 that was not signed', () => {
  it('is refused by its name', async () => {
    const client = new S3Client(cloud.client);
    client.middlewareStack.add(
      next => args => {
        (args.request as {headers: Record<string, string>}).headers['x-amz-meta-added'] = 'on the way';
        return next(args);
      },
      {step: 'deserialize'},
    );
    await expect(client.send(new GetObjectCommand({Bucket: 'a', Key: 'b'}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'There were headers present in the request which were not signed',
      HeadersNotSigned: 'x-amz-meta-added',
    });
  });
});

describe('a web page', () => {
  it('cannot reach it through a name that points at this machine', async () => {
    const answer = await send('/', {host: `evil.example:${cloud.port}`});
    expect(answer).toMatchObject({status: 403, body: expect.stringContaining('evil.example')});
  });

  it('cannot reach it from another origin', async () => {
    expect((await send('/', {origin: 'https://evil.example'})).status).toBe(403);
    expect((await send('/_gear/health', {origin: 'http://localhost:1', 'x-gear-token': 'token'})).status).toBe(403);
  });
});

describe("gear's own endpoints", () => {
  it('answer to the token only', async () => {
    expect((await send('/_gear/health')).status).toBe(403);
    expect((await send('/_gear/health', {'x-gear-token': 'wrong'})).status).toBe(403);
    expect(await send('/_gear/health', {'x-gear-token': 'token'})).toEqual({status: 200, body: '{"status":"up"}'});
    expect(await send('/_gear/decisions?after=7', {'x-gear-token': 'token'})).toEqual({
      status: 200,
      body: '{"after":7}',
    });
    expect((await send('/_gear/stop', {'x-gear-token': 'token'}, 'POST')).status).toBe(202);
    expect((await send('/_gear/other', {'x-gear-token': 'token'})).status).toBe(404);
  });
});

it('refuses a service it does not have, by name', async () => {
  const names = cloud.calls.length;
  const scope = `AKIATESTTESTTESTTEST/20260101/us-east-1/kinesis/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  const answer = await send(
    '/',
    {authorization, 'x-amz-date': '20260101T000000Z', 'x-amz-target': 'Kinesis_20131202.PutRecord'},
    'POST',
  );
  expect(answer).toMatchObject({status: 501, body: expect.stringContaining('does not implement the service kinesis')});
  expect(cloud.calls.length).toBe(names);
});

const outside = Object.values(networkInterfaces())
  .flatMap(addresses => addresses ?? [])
  .find(({internal, family}) => !internal && family === 'IPv4');

it.skipIf(outside === undefined)('cannot be reached through another interface than loopback', async () => {
  const refused = new Promise((_, reject) => get({host: outside!.address, port: cloud.port}).on('error', reject));
  await expect(refused).rejects.toMatchObject({code: 'ECONNREFUSED'});
});

describe('a presigned URL', () => {
  const signed = Date.parse('2026-01-01T00:00:00Z');
  const url = (expires: number) =>
    `/orders/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIATESTTESTTESTTEST%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`;
  const outcome = (at: number, expires = 3600) => {
    const request = {id: 'id', method: 'GET', ...readTarget(url(expires)), headers: {}, message: undefined as never};
    const clock = {...systemClock, now: () => at};
    const options = {region: 'us-east-1', clock, wallClock: clock, kind: 'rest-xml'} as const;
    try {
      const signature = signatureOf(request, 'rest-xml');
      authenticate(request, signature, 'UNSIGNED-PAYLOAD', {...options, credentialsOf: id => cloud.keys.get(id)});
      return 'accepted';
    } catch (error) {
      return `${(error as ServiceError).code}: ${(error as ServiceError).message}`;
    }
  };

  it.each([
    ['until it expires', signed + 3_599_000, 3600, /^SignatureDoesNotMatch/],
    ['not after that', signed + 3_601_000, 3600, /^AccessDenied: Request has expired$/],
    ['not long before it was signed', signed - 16 * 60_000, 3600, /^RequestTimeTooSkewed/],
    ['for seven days at the most', signed, 604_801, /^AuthorizationHeaderMalformed/],
  ])('is looked at %s', (_, at, expires, expected) => {
    expect(outcome(at, expires)).toMatch(expected);
  });
});
