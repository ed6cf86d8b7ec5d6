import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {findPython} from '../../src/local/lambda/find-python.ts';
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
    const {functions} = run.json<{functions: {granted: {status: string}[]; denied: unknown[]}[]}>();
    expect(functions).toHaveLength(1);
    expect(functions[0]!.granted.filter(({status}) => status !== 'used')).toEqual([]);
    expect(functions[0]!.denied).toEqual([]);
    expect(run.exitCode).toBe(0);
  });
});

async function itemsOf({table}: Clients, TableName: string): Promise<Record<string, unknown>[]> {
  const {Items = []} = await table.scan({TableName, ConsistentRead: true});
  return Items;
}
