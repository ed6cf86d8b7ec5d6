import {expect, test} from 'vitest';
import {eventually, ServiceUnderTest} from './service.ts';

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
