import type {AwsClients} from '../../aws/clients.ts';
import type {CodeStorage} from '../../model/code-storage.ts';
import {described, ifThere, pages} from './asking.ts';

/** What functions have to themselves, how tables are kept, and which alarms go by others. */
export interface CapacityCalls {
  /** `ALARM("orders-errors") OR ...`, of each. */
  compositeAlarmRules(): Promise<readonly string[]>;
  accountSettings(): Promise<AccountSettings>;
  reservedConcurrency(name: string): Promise<number | undefined>;
  /** The names of the functions that CloudWatch has a metric of provisioned concurrency of. */
  functionsProvisioned(): Promise<readonly string[]>;
  hasProvisionedConcurrency(name: string): Promise<boolean>;
  /** Undefined when there is no such table. */
  hasPointInTimeRecovery(table: string): Promise<boolean | undefined>;
  itemsExpire(table: string): Promise<boolean>;
}

/** Of one region: concurrent executions, and the bytes of code that are stored. */
interface AccountSettings {
  readonly total: number;
  readonly unreserved: number;
  readonly codeStorage?: CodeStorage;
}

export function capacityCalls(clients: AwsClients): CapacityCalls {
  return {
    compositeAlarmRules: () =>
      described('list the composite alarms', async () => {
        const {DescribeAlarmsCommand} = await import('@aws-sdk/client-cloudwatch');
        const cloudWatch = await clients.cloudWatch();
        return pages(async NextToken => {
          const {CompositeAlarms = [], NextToken: next} = await cloudWatch.send(
            new DescribeAlarmsCommand({NextToken, MaxRecords: 100, AlarmTypes: ['CompositeAlarm']}),
          );
          return [CompositeAlarms.flatMap(({AlarmRule}) => AlarmRule ?? []), next];
        });
      }),
    accountSettings: () =>
      described('read what Lambda allows the account', async () => {
        const {GetAccountSettingsCommand} = await import('@aws-sdk/client-lambda');
        const {AccountLimit, AccountUsage} = await (await clients.lambda()).send(new GetAccountSettingsCommand({}));
        const {ConcurrentExecutions: total = 0, UnreservedConcurrentExecutions: unreserved = total} =
          AccountLimit ?? {};
        const {TotalCodeSize: limit} = AccountLimit ?? {};
        const {TotalCodeSize: used} = AccountUsage ?? {};
        const isTold = limit !== undefined && used !== undefined;
        return {total, unreserved, ...(isTold ? {codeStorage: {used, limit}} : {})};
      }),
    reservedConcurrency: name =>
      described(`read the reserved concurrency of ${name}`, async () => {
        const {GetFunctionConcurrencyCommand} = await import('@aws-sdk/client-lambda');
        const lambda = await clients.lambda();
        return (await lambda.send(new GetFunctionConcurrencyCommand({FunctionName: name})))
          .ReservedConcurrentExecutions;
      }),
    functionsProvisioned: () =>
      described('list the metrics of provisioned concurrency', async () => {
        const {ListMetricsCommand} = await import('@aws-sdk/client-cloudwatch');
        const cloudWatch = await clients.cloudWatch();
        const metrics = {Namespace: 'AWS/Lambda', MetricName: 'ProvisionedConcurrencyUtilization'};
        const found = await pages(async NextToken => {
          const page = await cloudWatch.send(new ListMetricsCommand({...metrics, NextToken}));
          return [page.Metrics ?? [], page.NextToken];
        });
        const names = found.flatMap(({Dimensions = []}) =>
          Dimensions.flatMap(({Name, Value}) => (Name === 'FunctionName' && Value !== undefined ? [Value] : [])),
        );
        return [...new Set(names)];
      }),
    hasProvisionedConcurrency: name =>
      described(`read the provisioned concurrency of ${name}`, async () => {
        const {ListProvisionedConcurrencyConfigsCommand} = await import('@aws-sdk/client-lambda');
        const lambda = await clients.lambda();
        const found = await ifThere(() =>
          lambda.send(new ListProvisionedConcurrencyConfigsCommand({FunctionName: name})),
        );
        return (found?.ProvisionedConcurrencyConfigs ?? []).length > 0;
      }),
    hasPointInTimeRecovery: table =>
      described(`read the backups of the table ${table}`, () =>
        ifThere(async () => {
          const {DescribeContinuousBackupsCommand} = await import('@aws-sdk/client-dynamodb');
          const dynamodb = await clients.dynamodb();
          const {ContinuousBackupsDescription: backups} = await dynamodb.send(
            new DescribeContinuousBackupsCommand({TableName: table}),
          );
          return backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED';
        }),
      ),
    itemsExpire: table =>
      described(`read whether items of the table ${table} expire`, async () => {
        const {DescribeTimeToLiveCommand} = await import('@aws-sdk/client-dynamodb');
        const dynamodb = await clients.dynamodb();
        const {TimeToLiveDescription} = await dynamodb.send(new DescribeTimeToLiveCommand({TableName: table}));
        return TimeToLiveDescription?.TimeToLiveStatus?.startsWith('ENABL') ?? false;
      }),
  };
}
