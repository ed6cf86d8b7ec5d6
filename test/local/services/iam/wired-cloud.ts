import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {IAMClient} from '@aws-sdk/client-iam';
import {STSClient} from '@aws-sdk/client-sts';
import {type Clock, systemClock} from '../../../../src/local/clock.ts';
import {startGateway} from '../../../../src/local/wire/gateway.ts';
import {openSmallCloud, region, type SmallCloud} from '../../access/cloud.ts';

export interface WiredCloud extends Omit<SmallCloud, 'close'> {
  readonly iamClient: IAMClient;
  /** STS as the developer, or with the keys of a session. */
  stsClient(credentials?: {accessKeyId: string; secretAccessKey: string; sessionToken: string}): STSClient;
  close(): Promise<void>;
}

/** IAM and STS behind a real gateway, with the clients of AWS in front of it. */
export async function startWiredCloud(clock: Clock = systemClock): Promise<WiredCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'gear-iam-'));
  const cloud = openSmallCloud(folder, clock);
  const bugs: unknown[] = [];
  const nothing = () => undefined;
  const gateway = await startGateway({
    port: 0,
    control: {
      token: 'token',
      health: nothing,
      usage: nothing,
      decisions: nothing,
      time: nothing,
      forward: async () => {},
      stop: nothing,
    },
    onBug: error => bugs.push(error),
  });
  gateway.serve({
    services: [...cloud.services.values()],
    access: cloud.access,
    region,
    clock,
    wallClock: systemClock,
    answerApi: () => Promise.reject(new Error('not in this test')),
  });
  const {accessKeyId, secretAccessKey} = cloud.access.developer;
  const reach = {endpoint: gateway.endpoint, region, maxAttempts: 1};
  const clients: {destroy(): void}[] = [];
  const kept = <C extends {destroy(): void}>(client: C): C => {
    clients.push(client);
    return client;
  };
  return {
    ...cloud,
    iamClient: kept(new IAMClient({...reach, credentials: {accessKeyId, secretAccessKey}})),
    stsClient: (credentials = {accessKeyId, secretAccessKey, sessionToken: ''}) => {
      const {sessionToken, ...keys} = credentials;
      return kept(new STSClient({...reach, credentials: sessionToken === '' ? keys : credentials}));
    },
    async close() {
      for (const client of clients) client.destroy();
      await gateway.close();
      cloud.close();
      rmSync(folder, {recursive: true, force: true});
      if (bugs.length > 0) throw bugs[0];
    },
  };
}
