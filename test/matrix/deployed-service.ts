import {cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {awsClients} from '../../src/aws/clients.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {parametersFor} from '../drives/index.ts';
import type {LegacySystem} from '../drives/legacy-system.ts';
import {openStage, type Stage} from '../drives/stage.ts';
import {repository} from '../e2e/gear.ts';
import type {Variant} from '../templates/variants.ts';

/** A service that was deployed once, and of which any number of copies can be driven, each as if it were the first. */
export interface DeployedService {
  /** Gives `work` an embedded AWS with the service as it was just after its deployment. */
  onCopy<T>(work: (stage: Stage, cloud: LocalCloud) => Promise<T>): Promise<T>;
  remove(): void;
}

export async function deployOnce(
  {template, language, queue, title}: Variant,
  legacy: LegacySystem,
  legacyUrl: string,
): Promise<DeployedService> {
  // Inside the repository, so that the service finds its packages in gear's node_modules.
  mkdirSync(join(repository, '.test'), {recursive: true});
  const root = mkdtempSync(join(repository, '.test', `${title.replaceAll(' ', '-')}-`));
  const service = join(root, 'orders');
  await writeService(service, await renderService({template, language, queue, name: 'orders'}));
  const original = join(root, 'original');
  // The functions know their queues by URLs, in which the port stands.
  const port = await freePort();
  const cloud = await startLocalCloud({folder: original, port});
  const {account, region, endpoint, credentials} = cloud;
  const {outputs} = await deployService(
    awsClients({endpoint, region, credentials}),
    {account, region, endpoint, arn: ''},
    {
      service: 'orders',
      stackName: 'orders',
      template: join(service, 'template.yaml'),
      parameters: parametersFor(template, legacyUrl),
      prebuilt: false,
      fallbackModules: [],
      pollMilliseconds: 20,
      onEvent: () => {},
      approve: async () => true,
    },
  ).finally(() => cloud.close());
  return {
    async onCopy(work) {
      const folder = mkdtempSync(join(root, 'copy-'));
      cpSync(original, folder, {recursive: true});
      const copy = await startLocalCloud({folder, port});
      try {
        return await work(openStage({connection: copy.connection, outputs, legacy}), copy);
      } finally {
        await copy.close();
        // What Python compiled is the machine's: it would take longer than all else to do it for each copy.
        cpSync(join(folder, 'python-bytecode'), join(original, 'python-bytecode'), {recursive: true});
        rmSync(folder, {recursive: true, force: true});
      }
    },
    remove: () => rmSync(root, {recursive: true, force: true}),
  };
}

/** Below those that systems give to clients, so that it is still free when the cloud comes back to it. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const free = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise(resolve => server.close(resolve));
    if (free) return port;
  }
}
