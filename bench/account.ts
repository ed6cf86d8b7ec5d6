import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {largeAccount, scaled} from '../test/fake-aws/account-size.ts';
import {startFakeAws} from '../test/fake-aws/fake-aws.ts';
import {compare, type Figure} from './figure.ts';
import {type Subject, time} from './measure.ts';
import {isInstalled} from './peers.ts';

const gearPath = fileURLToPath(new URL('../bin/run.js', import.meta.url));

/** A large account on loopback, without limits: what gear and the machine cost, and not what AWS makes one wait. */
export async function account(): Promise<Figure[]> {
  const large = await startFakeAws({size: largeAccount});
  const middle = await startFakeAws({size: scaled(largeAccount, 0.1)});
  const home = mkdtempSync(join(tmpdir(), 'gear-bench-'));
  const region = 'eu-central-1';
  const keys = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'};
  // The aws CLI knows the second name only.
  const env = {HOME: home, ...keys, AWS_REGION: region, AWS_DEFAULT_REGION: region};
  const gear = (endpoint: string, ...args: string[]): Subject => ({
    name: 'gear',
    measure: () => time(() => audit(endpoint, args, env)),
  });
  const aws = await isInstalled('aws');
  const list = (endpoint: string): Subject | undefined =>
    aws
      ? {
          name: 'aws lambda list-functions',
          measure: () =>
            time(() => execa('aws', ['lambda', 'list-functions', '--endpoint-url', endpoint], {env, stdio: 'ignore'})),
        }
      : undefined;
  try {
    const quick = [
      ...(await compare(
        'gear audit --quick, 500 functions',
        'ms',
        gear(middle.endpoint, '--quick'),
        [list(middle.endpoint)],
        5,
      )),
      ...(await compare(
        'gear audit --quick, 5,000 functions',
        'ms',
        gear(large.endpoint, '--quick'),
        [list(large.endpoint)],
        3,
      )),
    ];
    return [...quick, ...(await once('--quick')), ...(await once())];
  } finally {
    await Promise.all([large.close(), middle.close()]);
    rmSync(home, {recursive: true, force: true});
  }

  async function once(...args: string[]): Promise<Figure[]> {
    large.reset();
    const began = performance.now();
    const memory = await audit(large.endpoint, args, env);
    const seconds = (performance.now() - began) / 1000;
    const calls = Object.values(large.counts()).reduce((sum, count) => sum + count, 0);
    const what = ['gear audit', ...args].join(' ');
    const figure = (name: string, value: string): Figure => ({
      what: `${what}, 5,000 functions: ${name}`,
      gear: value,
      instead: '',
      ratio: '',
    });
    return [
      figure('calls', String(calls)),
      figure('seconds', seconds.toFixed(1)),
      ...(memory === undefined ? [] : [figure('memory at most', `${memory} MiB`)]),
    ];
  }
}

/** Gives the MiB that it had at most, which its process says at its end. */
async function audit(
  endpoint: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const say = "process.on('exit',()=>process.stderr.write('maxRSS '+process.resourceUsage().maxRSS))";
  const {stderr} = await execa(
    process.execPath,
    ['--import', `data:text/javascript,${say}`, gearPath, 'audit', '--endpoint-url', endpoint, '--json', ...args],
    {env, stdout: 'ignore', reject: false},
  );
  const [, kilobytes] = /maxRSS (\d+)$/.exec(stderr) ?? [];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
