import {tmpdir} from 'node:os';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {startLocalCloud} from '../../src/local/cloud.ts';
import {type Asked, type Fault, flakyWay} from './flaky-way.ts';
import {hastyClients} from './hasty-clients.ts';
import {fillBucket, serviceOnDisk, standing} from './service-on-disk.ts';

export interface Step {
  readonly name: string;
  /** What was answered, or said of the failure. */
  readonly told: {readonly code?: string; readonly message?: string; readonly status?: string};
  readonly before: Standing;
  readonly after: Standing;
  /** When the same was asked for again, by a way on which nothing fails. */
  readonly again: {readonly told: unknown; readonly standing: Standing} | undefined;
}

type Standing = Awaited<ReturnType<typeof standing>>;

interface Road {
  faultOf(asked: Asked): Fault | undefined;
  /** Otherwise as often as always. */
  readonly attempts?: number;
  /** Each command once more, by a steady way. */
  readonly again?: boolean;
}

/** Everything that gear does with a stack, one after the other: what was told each time, and what stood. */
export async function wholeRoad({faultOf, attempts, again = false}: Road): Promise<readonly Step[]> {
  const cloud = await startLocalCloud();
  const way = await flakyWay(cloud.endpoint, faultOf);
  const orders = serviceOnDisk(cloud);
  const steady = awsClients(cloud);
  const flaky = hastyClients(cloud, way, attempts);
  const steps: Step[] = [];
  let before = await standing(steady);
  const step = async (name: string, run: (clients: AwsClients) => Promise<unknown>) => {
    const told = await tell(run(flaky));
    const after = await standing(steady);
    const then = again ? {told: await tell(run(steady)), standing: await standing(steady)} : undefined;
    steps.push({name, told, before, after, again: then});
    before = then?.standing ?? after;
  };
  try {
    await step('a creation that fails', clients => orders.deploy(clients, 9999));
    await step('a creation', clients => orders.deploy(clients, 1));
    await step('an update', clients => orders.deploy(clients, 2));
    await step('an update that fails', clients => orders.deploy(clients, 9999));
    await step('nothing to change', clients => orders.deploy(clients, 2));
    await step('a plan', clients => orders.plan(clients, 3));
    const {hash} = await orders.plan(steady, 3);
    before = await standing(steady);
    await step('its approval', clients => orders.approve(clients, hash));
    orders.code(2);
    await step('a hotswap', clients => orders.hotswap(clients, 3));
    await step('a look', clients => orders.look(clients, 3));
    await step('a deployment after it', clients => orders.deploy(clients, 3));
    await fillBucket(steady);
    await step('a deletion', clients => orders.destroy(clients));
    return steps;
  } finally {
    orders.remove();
    way.close();
    await cloud.close();
  }
}

/** Without what is another each time. */
async function tell(doing: Promise<unknown>): Promise<Step['told']> {
  const told = await doing.then(
    answer => answer ?? {},
    error => ({name: error.name, code: error.code, message: error.message}),
  );
  const varying =
    /\/gear-(?:flaky-\w+|[0-9a-f]{12})|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|[0-9a-z]{12,13}(?=")|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  return JSON.parse(JSON.stringify(told).replaceAll(tmpdir(), '').replaceAll(varying, '*'));
}
