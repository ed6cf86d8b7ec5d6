import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/table-without-recovery',
  subject: 'inventory',
  severity: 'low',
  title: 'A table cannot be brought back to what it was',
  why: 'One wrong deployment may overwrite every item. With point-in-time recovery each second of the last 35 days can be restored; without it nothing can.',
  remedy: 'Set PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}.',
  since: '0.1.0',
  examples: {
    bad: 'Orders: {Type: AWS::DynamoDB::Table}',
    good: 'PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}',
  },
  reference: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html',
  *check({tables = []}) {
    for (const {name, forgets, pointInTimeRecovery, origin} of tables) {
      // Sessions and idempotency keys are gone within hours anyway.
      if (forgets === true) continue;
      if (isUnresolved(pointInTimeRecovery))
        yield {
          unknown: `whether ${name} has point-in-time recovery is not known: ${pointInTimeRecovery.reason}`,
          resource: name,
          origin,
        };
      else if (!pointInTimeRecovery)
        yield {
          message: `${name} has no point-in-time recovery`,
          resource: name,
          origin,
          evidence: {pointInTimeRecovery: false},
        };
    }
  },
});
