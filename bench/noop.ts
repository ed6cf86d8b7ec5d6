import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {startCountingProxy} from '../test/matrix/counting-proxy.ts';
import {compare, type Figure} from './figure.ts';
import {type Subject, time} from './measure.ts';
import {isInstalled, startGear} from './peers.ts';

const gearPath = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const template = fileURLToPath(new URL('../dist/reference/ingestion/template.yaml', import.meta.url));

/** The ingestion pipeline again, with nothing changed, to the embedded AWS: whole processes, and their calls. */
export async function noop(): Promise<Figure[]> {
  const cloud = await startGear();
  const proxy = await startCountingProxy(cloud.port, cloud.port);
  const folder = mkdtempSync(join(tmpdir(), 'gear-bench-'));
  const env = {...cloud.env, AWS_ENDPOINT_URL: proxy.endpoint, HOME: folder};
  const deploy = command('gear', process.execPath, [gearPath, 'deploy', 'ingestion', '--yes', '--no-audit'], env);
  const packaged = join(folder, 'packaged.yaml');
  const bucket = 'packages-of-aws';
  const toPackaged = ['--s3-bucket', bucket, '--output-template-file', packaged];
  const aws = [
    command('package', 'aws', ['cloudformation', 'package', '--template-file', template, ...toPackaged], env),
    command(
      'aws cloudformation deploy',
      'aws',
      ['cloudformation', 'deploy', '--template-file', packaged, ...again],
      env,
    ),
  ] as const;
  try {
    const others = (await isInstalled('aws')) ? [both(aws)] : [];
    await deploy.measure(0);
    if (others.length > 0) await (await cloud.clients.s3()).createBucket({Bucket: bucket});
    // It looks at a new stack every 30 seconds, and at a change set every five, as it does at AWS.
    for (const other of others) await other.measure(0);
    const calls: string[] = [];
    for (const subject of [deploy, ...others]) {
      proxy.takeCalls();
      await subject.measure(0);
      calls.push(callsText(proxy.takeCalls()));
    }
    const what = 'a deployment that changes nothing';
    const [own = '', ...theirs] = calls;
    return [
      ...(await compare(what, 'ms', deploy, others, 3)),
      {what: `${what}: calls`, gear: own, instead: '', ratio: ''},
      ...theirs.map((text, index) => ({
        what: `${what}: calls`,
        gear: '',
        instead: `${others[index]!.name} ${text}`,
        ratio: '',
      })),
    ];
  } finally {
    proxy.close();
    await cloud.close();
    rmSync(folder, {recursive: true, force: true});
  }
}

const again = ['--stack-name', 'by-aws', '--capabilities', 'CAPABILITY_IAM', '--no-fail-on-empty-changeset'];

function both([first, second]: readonly [Subject, Subject]): Subject {
  return {
    name: 'aws cloudformation package and deploy',
    measure: async round => (await first.measure(round)) + (await second.measure(round)),
  };
}

function command(name: string, file: string, args: readonly string[], env: Readonly<Record<string, string>>): Subject {
  return {name, measure: () => time(() => execa(file, args, {env, cwd: dirname(template), stdin: 'ignore'}))};
}

/** `5 (GetCallerIdentity, 2 DescribeStacks ...)` */
function callsText(calls: readonly string[]): string {
  const counts = new Map<string, number>();
  // Which object it is says nothing.
  for (const call of calls.map(text => text.replace(/^(\w+) \/.*/, 'S3 $1')))
    counts.set(call, (counts.get(call) ?? 0) + 1);
  const names = [...counts].map(([call, count]) => (count === 1 ? call : `${count} ${call}`));
  return `${calls.length} (${names.join(', ')})`;
}
