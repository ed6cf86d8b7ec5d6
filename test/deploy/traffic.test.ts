import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import type {DeployEvent} from '../../src/deploy/events.ts';
import {startLocalCloud} from '../../src/local/cloud.ts';

const template = readFileSync(new URL('../local/stack/fixtures/canary.yaml', import.meta.url), 'utf8')
  .replace('  Code: {Type: String}', '  Release: {Type: String}')
  .replace('{ZipFile: !Ref Code}', './code')
  .replace('!Ref Code', '!Ref Release');

test('a deployment that shifts traffic tells how it is shared, and a failed one where to look', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gear-traffic-'));
  const cloud = await startLocalCloud();
  try {
    mkdirSync(join(folder, 'code'));
    writeFileSync(join(folder, 'template.yaml'), template);
    const clients = awsClients(cloud);
    const traffic: string[] = [];
    const deploy = (Release: string, shifting: () => Promise<unknown>) => {
      writeFileSync(join(folder, 'code/index.mjs'), `export const handler = async () => ${Release};`);
      return deployService(
        clients,
        {...cloud, arn: ''},
        {
          service: 'shop',
          stackName: 'shop',
          template: join(folder, 'template.yaml'),
          parameters: {Release},
          prebuilt: false,
          fallbackModules: [],
          pollMilliseconds: 10,
          approve: async () => true,
          onEvent(event: DeployEvent) {
            if (event.type !== 'traffic') return;
            traffic.push(`${event.logicalId} ${event.weight} ${event.version}`);
            void shifting();
          },
        },
      );
    };
    const never = async () => {};
    expect(await deploy('1', never)).toMatchObject({status: 'CREATE_COMPLETE'});
    expect(await deploy('2', () => cloud.forward(6 * 60_000))).toMatchObject({status: 'UPDATE_COMPLETE'});
    expect(traffic).toEqual(['Alias 0.1 2']);
    const codeDeployFails = deploy('3', async () => {
      const alarms = await (await clients.cloudWatch()).describeAlarms({});
      await (await clients.cloudWatch()).setAlarmState({
        AlarmName: alarms.MetricAlarms![0]!.AlarmName!,
        StateValue: 'ALARM',
        StateReason: 'test',
      });
      await cloud.forward(6000);
    });
    await expect(codeDeployFails).rejects.toMatchObject({
      message: expect.stringMatching(/One or more alarms have been activated.*The stack shop was rolled back/),
      suggestions: [expect.stringMatching(/^aws deploy get-deployment --deployment-id d-[A-Z0-9]{9}$/)],
    });
    expect(traffic).toEqual(['Alias 0.1 2', 'Alias 0.1 3']);
  } finally {
    await cloud.close();
    rmSync(folder, {recursive: true, force: true});
  }
}, 60_000);
