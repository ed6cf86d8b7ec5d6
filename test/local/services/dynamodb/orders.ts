import {dynamodbService} from '../../../../src/local/services/dynamodb/service.ts';
import {type Bench, manualClock, openBench} from '../../harness.ts';

/** A bench with one table, orders, keyed by customer and number, with an index by state. */
export async function openOrders() {
  const clock = manualClock();
  const bench = openBench(clock);
  startDynamodb(bench);
  await bench.call('dynamodb', 'CreateTable', ordersTable);
  const call = <T = Record<string, unknown>>(operation: string, input: object = {}) =>
    bench.call<T>('dynamodb', operation, operation === 'ListTables' ? input : {TableName: 'orders', ...input});
  return {bench, clock, call};
}

export function startDynamodb(bench: Bench) {
  const service = dynamodbService({
    state: bench.state,
    clock: bench.clock,
    account: '000000000000',
    region: 'us-east-1',
  });
  bench.services.set('dynamodb', service);
  return service;
}

export const ordersTable = {
  TableName: 'orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    {AttributeName: 'customer', AttributeType: 'S'},
    {AttributeName: 'number', AttributeType: 'N'},
    {AttributeName: 'state', AttributeType: 'S'},
  ],
  KeySchema: [
    {AttributeName: 'customer', KeyType: 'HASH'},
    {AttributeName: 'number', KeyType: 'RANGE'},
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-state',
      KeySchema: [{AttributeName: 'state', KeyType: 'HASH'}],
      Projection: {ProjectionType: 'KEYS_ONLY'},
    },
  ],
};

export function order(customer: string, number: number, more: Record<string, object> = {}) {
  return {customer: {S: customer}, number: {N: String(number)}, ...more};
}
