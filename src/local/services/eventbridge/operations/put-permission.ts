import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {setPolicy, setStatements, statementsOf} from '../bus-policy.ts';
import {invalid} from '../errors.ts';
import type {EventBridgeStore} from '../store.ts';

export const putPermission = operationOf<EventBridgeStore>()({
  name: 'PutPermission',
  input: structure({
    EventBusName: string,
    Action: string,
    Principal: string,
    StatementId: string,
    Condition: structure({Type: required(string), Key: required(string), Value: required(string)}),
    Policy: string,
  }),
  permissions: () => [{action: 'events:PutPermission', resource: '*'}],
  run({EventBusName, Action, Principal, StatementId, Condition, Policy}, _context, store) {
    const bus = store.bus(EventBusName);
    if (Policy !== undefined) {
      setPolicy(bus, Policy, store);
      return {};
    }
    if (Action === undefined || Principal === undefined || StatementId === undefined)
      throw invalid('Action, Principal and StatementId are required where there is no Policy.');
    const statement = {
      Sid: StatementId,
      Effect: 'Allow',
      Principal: Principal === '*' ? '*' : {AWS: `arn:aws:iam::${Principal}:root`},
      Action,
      Resource: store.busArn(bus.name),
      ...(Condition !== undefined && {Condition: {[Condition.Type]: {[Condition.Key]: Condition.Value}}}),
    };
    setStatements(bus, [...statementsOf(bus).filter(({Sid}) => Sid !== StatementId), statement], store);
    return {};
  },
});
