import {systemClock} from '../../../../src/local/clock.ts';
import {dynamodbService} from '../../../../src/local/services/dynamodb/service.ts';
import {openState} from '../../../../src/local/state.ts';
import {order} from './orders.ts';

/** Puts orders without end and says after each which one it was, until it is killed. */
const state = openState(process.argv[2]!);
const {store} = dynamodbService({state, clock: systemClock, account: '000000000000', region: 'us-east-1'});
for (let number = 1; ; number++) {
  await store.write('putItem', {TableName: 'orders', Item: order('ann', number, {state: {S: 'PAID'}})});
  process.stdout.write(`${number}\n`);
}
