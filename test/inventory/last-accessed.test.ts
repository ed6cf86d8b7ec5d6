import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {readLastAccessed} from '../../src/inventory/account/last-accessed.ts';
import type {Inventory} from '../../src/model/inventory.ts';

/** IAM on the wire, as far as this takes it: a job for each role, in progress at first, in pages of one service. */
let server: Server;
let requests: string[] = [];
const asked = new Map<string, number>();
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const input = new URLSearchParams(await text(request));
    const action = input.get('Action')!;
    requests.push([action, input.get('Arn') ?? input.get('JobId'), input.get('Marker')].filter(Boolean).join(' '));
    const {status = 200, body} = answers[action]!(input);
    response.writeHead(status, {'content-type': 'text/xml'});
    response.end(
      status === 200 ? `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>` : body,
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise(resolve => server.close(resolve)));

const answers: Readonly<Record<string, (input: URLSearchParams) => {status?: number; body: string}>> = {
  GenerateServiceLastAccessedDetails(input) {
    const name = input.get('Arn')!.split('/')[1]!;
    if (name === 'closed')
      return {
        status: 403,
        body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>',
      };
    expect(input.get('Granularity')).toBe('ACTION_LEVEL');
    return {body: `<JobId>job-${name.padEnd(32, '0')}</JobId>`};
  },
  GetServiceLastAccessedDetails(input) {
    const job = input.get('JobId')!;
    const times = (asked.get(job) ?? 0) + 1;
    asked.set(job, times);
    const made = '<JobCreationDate>2026-11-21T00:00:00Z</JobCreationDate>';
    if (job.includes('broken'))
      return {
        body: `<JobStatus>FAILED</JobStatus>${made}<Error><Message>too many policies</Message><Code>x</Code></Error>`,
      };
    if (times === 1) return {body: `<JobStatus>IN_PROGRESS</JobStatus>${made}`};
    const service = (member: string) => `<ServicesLastAccessed><member>${member}</member></ServicesLastAccessed>`;
    return input.get('Marker') === null
      ? {
          body: `<JobStatus>COMPLETED</JobStatus>${made}<IsTruncated>true</IsTruncated><Marker>m</Marker>${service('<ServiceName>Amazon SQS</ServiceName><ServiceNamespace>sqs</ServiceNamespace>')}`,
        }
      : {
          body: `<JobStatus>COMPLETED</JobStatus>${made}<IsTruncated>false</IsTruncated>${service(`<ServiceName>AWS Lambda</ServiceName><ServiceNamespace>lambda</ServiceNamespace><LastAuthenticated>2026-11-02T07:00:00Z</LastAuthenticated><TrackedActionsLastAccessed><member><ActionName>ListFunctions</ActionName><LastAccessedTime>2026-11-02T07:00:00Z</LastAccessedTime></member><member><ActionName>DeleteFunction</ActionName></member></TrackedActionsLastAccessed>`)}`,
        };
  },
};

function inventory(...names: readonly string[]): Inventory {
  const roles = names.map(name => ({name, arn: `arn:aws:iam::111122223333:role/${name}`}));
  const functions = roles.filter(({name}) => name !== 'alone').map(({arn}) => ({role: arn}));
  return {roles, functions} as unknown as Inventory;
}

function read(names: readonly string[], {signal = new AbortController().signal, known = new Map()} = {}) {
  const {port} = server.address() as AddressInfo;
  const clients = awsClients({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: {accessKeyId: 'a', secretAccessKey: 'b'},
  });
  return readLastAccessed(inventory(...names), {clients, signal, known});
}

test('each role of a function is asked for until its report is there, with all pages', async () => {
  requests = [];
  const {roles} = await read(['orders', 'alone']);
  expect(roles[0]!.use).toEqual({
    kind: 'last-accessed',
    services: new Map([
      ['sqs', {unusedActions: new Set(), usedActions: new Set()}],
      [
        'lambda',
        {lastUsed: '2026-11-02', usedActions: new Set(['listfunctions']), unusedActions: new Set(['deletefunction'])},
      ],
    ]),
  });
  expect(roles[1]).not.toHaveProperty('use');
  const job = `job-${'orders'.padEnd(32, '0')}`;
  expect(requests).toEqual([
    'GenerateServiceLastAccessedDetails arn:aws:iam::111122223333:role/orders',
    `GetServiceLastAccessedDetails ${job}`,
    `GetServiceLastAccessedDetails ${job}`,
    `GetServiceLastAccessedDetails ${job} m`,
  ]);
});

test('a role of another region of the account is not asked for again', async () => {
  const known = new Map();
  await read(['billing'], {known});
  requests = [];
  expect((await read(['billing'], {known})).roles[0]!.use).toMatchObject({kind: 'last-accessed'});
  expect(requests).toEqual([]);
});

test('what IAM refuses or cannot tell has a reason, and the other roles are read', async () => {
  const {roles} = await read(['closed', 'broken', 'parcels']);
  expect(roles.map(({use}) => use)).toMatchObject([
    {reason: 'Could not read what arn:aws:iam::111122223333:role/closed has used: AccessDenied: not you'},
    {reason: 'IAM could not tell what was used: too many policies'},
    {kind: 'last-accessed'},
  ]);
});

test('^C ends it', async () => {
  await expect(read(['slow'], {signal: AbortSignal.abort()})).rejects.toMatchObject({code: 'INTERRUPTED', exit: 130});
});
