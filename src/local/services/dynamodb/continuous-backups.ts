import type {DynamodbStore} from './store.ts';
import type {Table} from './table.ts';

const day = 86_400;

/**
 * Point-in-time recovery is a setting here: it is kept and described, and there is nothing to recover from, as
 * RestoreTableToPointInTime is not implemented.
 */
export function describeContinuousBackups({pointInTimeRecovery}: Table, store: DynamodbStore): object {
  const now = store.clock.now() / 1000;
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription:
        pointInTimeRecovery === undefined
          ? {PointInTimeRecoveryStatus: 'DISABLED'}
          : {
              PointInTimeRecoveryStatus: 'ENABLED',
              RecoveryPeriodInDays: pointInTimeRecovery.days,
              EarliestRestorableDateTime: Math.max(pointInTimeRecovery.since, now - pointInTimeRecovery.days * day),
              LatestRestorableDateTime: now,
            },
    },
  };
}
