import type {KeyObject} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {otherKey, startIssuer, type TokenIssuer} from '../local/execute-api/token-issuer.ts';
import {type Clients, depth, eventually, type Language, messages, ServiceUnderTest} from './service.ts';

const python = await findPython(13, process);
const languages: readonly Language[] = python?.sdk === undefined ? ['typescript'] : ['typescript', 'python'];

/** What a template is driven with: something good and something that fails, to the end of both. */
interface Drive {
  readonly template: string;
  readonly drive: (service: ServiceUnderTest, clients: Clients) => Promise<void>;
}

const drives: readonly Drive[] = [
  {
    template: 'queue-worker',
    async drive(service, clients) {
      const {OrderQueueUrl, DeadLetterQueueUrl, OrderTableName} = service.outputs;
      const send = (MessageBody: string) =>
        clients.sqs.sendMessage({
          QueueUrl: OrderQueueUrl!,
          MessageBody,
          MessageAttributes: {CorrelationId: {DataType: 'String', StringValue: 'checkout-4711'}},
        });
      const order = {id: 'order-17', customer: 'Ada', total: 12.5};
      await send(JSON.stringify(order));
      await send(JSON.stringify({...order, total: 99}));
      await send('hello');
      await eventually(
        () => itemsOf(clients, OrderTableName!),
        items => items.length === 1,
      );
      // Only what failed is still there; the other two are done.
      const hidden = () => messages(clients, OrderQueueUrl!, 'ApproximateNumberOfMessagesNotVisible');
      await eventually(hidden, count => count === 1);
      for (let receive = 1; receive <= 5; receive++) {
        await service.gear('local', 'time', '+61s');
        if (receive < 5) await eventually(hidden, count => count === 1);
      }
      await eventually(
        () => depth(clients, DeadLetterQueueUrl!),
        count => count === 1,
      );
      const {Messages = []} = await clients.sqs.receiveMessage({QueueUrl: DeadLetterQueueUrl!});
      expect(Messages.map(({Body}) => Body)).toEqual(['hello']);
      expect(await depth(clients, OrderQueueUrl!)).toBe(0);
      expect(await itemsOf(clients, OrderTableName!)).toMatchObject([
        {id: 'order-17', customer: 'Ada', correlationId: 'checkout-4711'},
      ]);
    },
  },
  {
    template: 'scheduled',
    async drive(service, clients) {
      const {JobFunctionName, RunTableName, FailureQueueUrl} = service.outputs;
      await clients.lambda.invoke({FunctionName: JobFunctionName!, InvocationType: 'Event', Payload: '{}'});
      // In small steps, so that the event does not grow older than an hour between two attempts.
      await eventually(
        async () => {
          await service.gear('local', 'time', '+1m');
          return depth(clients, FailureQueueUrl!);
        },
        count => count === 1,
      );
      await service.gear('local', 'time', '+1h');
      const {Messages = []} = await clients.sqs.receiveMessage({QueueUrl: FailureQueueUrl!});
      expect(JSON.parse(Messages[0]!.Body!)).toMatchObject({
        requestContext: {condition: 'RetriesExhausted', approximateInvokeCount: 3},
        requestPayload: {},
        responsePayload: {errorMessage: expect.stringContaining('The event has no scheduledTime')},
      });
      const [run] = await eventually(
        () => itemsOf(clients, RunTableName!),
        items => items.length === 1,
      );
      expect(run).toMatchObject({id: 'last-run', result: {minutes: 60}});
    },
  },
  {
    template: 'http-api',
    async drive(service, clients) {
      const {ApiUrl, OrderTableName} = service.outputs;
      const url = `${ApiUrl}/orders/order-17`;
      const ask = async (method: string, body?: object | string) => {
        const headers = {'x-correlation-id': 'checkout-4711'};
        const sent = body === undefined ? {} : {body: typeof body === 'string' ? body : JSON.stringify(body)};
        const response = await fetch(url, {method, headers, ...sent});
        expect(response.headers.get('x-correlation-id')).toBe('checkout-4711');
        return {status: response.status, body: await response.json()};
      };
      const order = {customer: 'Ada', lines: [{sku: 'tea', quantity: 2}]};
      expect(await ask('GET')).toMatchObject({status: 404, body: {title: 'No such order'}});
      expect(await ask('PUT', 'hello')).toMatchObject({
        status: 400,
        body: {problems: ['the body must be a JSON object']},
      });
      expect(await ask('PUT', order)).toEqual({status: 201, body: {id: 'order-17', ...order}});
      expect(await ask('PUT', order)).toMatchObject({status: 200});
      expect(await ask('GET')).toEqual({status: 200, body: {id: 'order-17', ...order}});
      expect((await fetch(`${ApiUrl}/`)).status).toBe(404);
      expect(await itemsOf(clients, OrderTableName!)).toMatchObject([{id: 'order-17', correlationId: 'checkout-4711'}]);
    },
  },
  {
    template: 'stream-processor',
    async drive(service, clients) {
      const {OrderTableName, ShipmentTableName, FailureQueueUrl} = service.outputs;
      const put = (Item: Record<string, string>) => clients.table.put({TableName: OrderTableName!, Item});
      await put({id: 'order-16', status: 'DRAFT'});
      await put({id: 'order-17', status: 'PLACED', address: '12 Row Lane', correlationId: 'checkout-4711'});
      await put({id: 'order-18', status: 'PLACED'});
      await put({id: 'order-19', status: 'PLACED', address: '1 Quay'});
      await eventually(
        async () => {
          await service.gear('local', 'time', '+30s');
          return depth(clients, FailureQueueUrl!);
        },
        count => count === 1,
      );
      const shipments = await eventually(
        () => itemsOf(clients, ShipmentTableName!),
        items => items.length === 2,
      );
      expect(shipments.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))).toMatchObject([
        {id: 'order-17', address: '12 Row Lane', correlationId: 'checkout-4711'},
        {id: 'order-19'},
      ]);
      const {Messages = []} = await clients.sqs.receiveMessage({QueueUrl: FailureQueueUrl!});
      expect(JSON.parse(Messages[0]!.Body!)).toMatchObject({
        requestContext: {condition: 'RetryAttemptsExhausted'},
        DDBStreamBatchInfo: {batchSize: 1},
      });
    },
  },
];

const services = drives.flatMap(({template, drive}) => languages.map(language => ({template, language, drive})));

describe.each(services)('the $template service in $language on the embedded AWS', ({template, language, drive}) => {
  const service = new ServiceUnderTest(language, {template});
  beforeAll(async () => {
    await service.create();
    expect(await service.deploy()).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
  });
  afterAll(() => service.remove());

  test('brings what is good and what fails to its end, with every statement used and nothing denied', async () => {
    await drive(service, await service.clients());
    const run = await service.gear('local', 'usage', '--json', '--fail-on', 'unused');
    const {functions, roles} = run.json<{functions: UsedRole[]; roles: UsedRole[]}>();
    expect(functions).toHaveLength(1);
    // The schedule's, and nobody else has one.
    expect(roles).toHaveLength(template === 'scheduled' ? 1 : 0);
    for (const {granted, denied} of [...functions, ...roles]) {
      expect(granted.filter(({status}) => status !== 'used')).toEqual([]);
      expect(denied).toEqual([]);
    }
    expect(run.exitCode).toBe(0);
  });
});

test('without its statement the schedule starts nothing, is denied by name, and an alarm tells of the missing runs', async () => {
  const service = new ServiceUnderTest('typescript', {template: 'scheduled'});
  try {
    await service.create();
    service.edit(template =>
      template.replace(/(Sid: InvokeJob\n(?:.*\n){2} +- )lambda:InvokeFunction/, '$1lambda:GetFunction'),
    );
    await service.deploy();
    const clients = await service.clients();
    const alarm = async () => {
      const {StackResources = []} = await clients.cloudFormation.describeStackResources({StackName: 'orders'});
      const name = StackResources.find(({LogicalResourceId}) => LogicalResourceId === 'MissedRunAlarm');
      const {MetricAlarms = []} = await clients.cloudWatch.describeAlarms({AlarmNames: [name!.PhysicalResourceId!]});
      return MetricAlarms[0]!.StateValue;
    };
    await eventually(
      async () => {
        await service.gear('local', 'time', '+1h');
        return alarm();
      },
      state => state === 'ALARM',
    );
    const {functions, roles} = (await service.gear('local', 'usage', '--json')).json<{
      functions: {invocations: number}[];
      roles: {logicalId: string; denied: {action: string; message: string}[]}[];
    }>();
    expect(functions[0]!.invocations).toBe(0);
    expect(roles).toMatchObject([{logicalId: 'ScheduleRole', denied: [{action: 'lambda:InvokeFunction'}]}]);
  } finally {
    await service.remove();
  }
});

describe.each(languages)('the http-api service in %s, with an issuer of tokens', language => {
  const service = new ServiceUnderTest(language, {template: 'http-api'});
  let issuer: TokenIssuer;
  beforeAll(async () => {
    issuer = await startIssuer();
    await service.create();
    await service.deploy(`TokenIssuer=${issuer.url}`);
  });
  afterAll(async () => {
    issuer.server.close();
    await service.remove();
  });

  const ask = async (method: string, headers: Record<string, string> = {}) => {
    const body = method === 'PUT' ? {body: JSON.stringify({customer: 'Ada', lines: [{sku: 'tea', quantity: 2}]})} : {};
    return fetch(`${service.outputs.ApiUrl}/orders/order-17`, {method, headers, ...body});
  };
  const bearer = (claims: object, key?: KeyObject) => ({authorization: `Bearer ${issuer.token(claims, key)}`});

  test('answers who has a token of that issuer', async () => {
    const good = bearer({sub: 'ada', aud: 'orders'});
    expect((await ask('PUT', good)).status).toBe(201);
    expect((await ask('GET', good)).status).toBe(200);
  });

  test.each<[string, () => Record<string, string>]>([
    ['no token', () => ({})],
    ['an expired token', () => bearer({aud: 'orders', exp: 1000})],
    ['a token for another service', () => bearer({aud: 'invoices'})],
    ['a forged token', () => bearer({aud: 'orders'}, otherKey)],
  ])('turns away %s, before the function is called', async (_, headers) => {
    for (const method of ['PUT', 'GET']) {
      const response = await ask(method, headers());
      expect({status: response.status, body: await response.json()}).toEqual({
        status: 401,
        body: {message: 'Unauthorized'},
      });
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      // The function gives one to every answer.
      expect(response.headers.get('x-correlation-id')).toBeNull();
    }
  });
});

interface UsedRole {
  readonly granted: readonly {readonly status: string}[];
  readonly denied: readonly unknown[];
}

async function itemsOf({table}: Clients, TableName: string): Promise<Record<string, unknown>[]> {
  const {Items = []} = await table.scan({TableName, ConsistentRead: true});
  return Items;
}
