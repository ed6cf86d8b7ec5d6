import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, it} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../../src/local/cloud.ts';
import {developer} from '../harness.ts';

let cloud: LocalCloud;
const folder = mkdtempSync(join(tmpdir(), 'gear-stages-'));
afterEach(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const call = <T = Record<string, string>>(operation: string, input: object = {}) =>
  cloud.access.call<T>(developer, 'apigatewayv2', operation, input);
/** Without a function behind it, a route that is served answers 500. */
const served = async (url: string) => (await fetch(url, {headers: {connection: 'close'}})).status !== 404;

it('a stage serves its deployment, also after a restart, until it is given another', async () => {
  cloud = await startLocalCloud({folder});
  const {apiId, apiEndpoint} = await call('CreateApi', {name: 'orders', protocolType: 'HTTP'});
  await call('CreateStage', {apiId, stageName: 'manual'});
  await call('CreateStage', {apiId, stageName: 'auto', autoDeploy: true});
  await call('CreateRoute', {apiId, routeKey: 'GET /orders'});
  const status = async (path: string) => [
    await served(`${apiEndpoint}/manual${path}`),
    await served(`${apiEndpoint}/auto${path}`),
  ];
  expect(await status('/orders')).toEqual([false, true]);
  await call('CreateDeployment', {apiId, stageName: 'manual'});
  await call('CreateRoute', {apiId, routeKey: 'GET /more'});
  expect([await status('/orders'), await status('/more')]).toEqual([
    [true, true],
    [false, true],
  ]);
  await cloud.close();
  cloud = await startLocalCloud({folder, port: 'last'});
  expect([await status('/orders'), await status('/more')]).toEqual([
    [true, true],
    [false, true],
  ]);
  const {deploymentId} = await call('CreateDeployment', {apiId});
  await call('UpdateStage', {apiId, stageName: 'manual', deploymentId});
  expect(await status('/more')).toEqual([true, true]);
  expect(
    (await call<{items: {autoDeployed: boolean}[]}>('GetDeployments', {apiId})).items.filter(one => one.autoDeployed),
  ).toHaveLength(1);
  await call('UpdateApi', {apiId, disableExecuteApiEndpoint: true});
  expect(await status('/orders')).toEqual([false, false]);
});
