import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {awsClients} from '../../src/aws/clients.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {startLocalCloud} from '../../src/local/cloud.ts';
import {seededDisorder} from '../../src/local/disorder.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {repository} from '../e2e/gear.ts';
import {type Clients, openClients} from '../e2e/service.ts';

/** A deployed service on an embedded AWS in this process that is in disorder. */
export interface DisorderedService {
  readonly outputs: Readonly<Record<string, string>>;
  readonly clients: Clients;
  /** Puts the clock forward, once no function has anything to do. */
  forward(seconds: number): Promise<void>;
  /** Lets time go by until the answer is there. */
  until<T>(ask: () => Promise<T>, accept: (answer: T) => boolean): Promise<T>;
  close(): Promise<void>;
}

export async function openDisordered(template: string, seed: string): Promise<DisorderedService> {
  const cloud = await startLocalCloud({disorder: seededDisorder(seed)});
  const {endpoint, region, account, credentials} = cloud;
  mkdirSync(join(repository, '.test'), {recursive: true});
  const folder = mkdtempSync(join(repository, '.test', `${template}-`));
  await writeService(folder, await renderService({template, language: 'typescript', queue: undefined, name: 'orders'}));
  const {outputs} = await deployService(
    awsClients({endpoint, region, credentials}),
    {account, region, arn: '', endpoint},
    {
      service: 'orders',
      stackName: 'orders',
      template: join(folder, 'template.yaml'),
      parameters: {},
      prebuilt: false,
      fallbackModules: [join(repository, 'node_modules')],
      pollMilliseconds: 10,
      onEvent: () => {},
      approve: async () => true,
    },
  );
  const forward = async (seconds: number) => {
    do await setTimeout(pace);
    while (cloud.running() > 0);
    await cloud.forward(seconds * 1000);
  };
  return {
    outputs,
    clients: openClients({endpoint, region, credentials}),
    forward,
    async until(ask, accept) {
      const deadline = Date.parse(cloud.health().time.now) + patience;
      const machineDeadline = Date.now() + machinePatience;
      for (;;) {
        const answer = await ask();
        if (accept(answer)) return answer;
        if (Date.parse(cloud.health().time.now) > deadline && Date.now() > machineDeadline)
          throw new Error(`not in time; the last answer was ${JSON.stringify(answer, null, 1)}`);
        await forward(step);
      }
    },
    async close() {
      await cloud.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** Milliseconds of the machine's time. */
const pace = 20;
/** Seconds of the cloud's time, and milliseconds of it. */
const step = 2;
const patience = 1800_000;
/** Functions live by the machine's time: what one had claimed when it was killed is free after its timeout of 30 s. */
const machinePatience = 90_000;
