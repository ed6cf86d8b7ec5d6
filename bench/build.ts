import {mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {execa} from 'execa';
import {compare, type Figure} from './figure.ts';
import {type Subject, time} from './measure.ts';
import {isInstalled} from './peers.ts';

const gearPath = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Whole processes: the functions of a service from source to zip, and once more with nothing changed. */
export async function build(): Promise<Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'gear-bench-'));
  try {
    const figures: Figure[] = [];
    for (const count of [1, 10, 50]) figures.push(...(await ofFunctions(join(root, String(count)), count)));
    return figures;
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

async function ofFunctions(folder: string, count: number): Promise<Figure[]> {
  const entries = writeService(folder, count);
  const what = `gear build, ${count} ${count === 1 ? 'function' : 'functions'}`;
  const osls = (await isInstalled(oslsPath))
    ? command('osls package', folder, oslsPath, ['package'], {SLS_TELEMETRY_DISABLED: '1'})
    : undefined;
  if (osls === undefined && count === 1) process.stderr.write(`${withoutOsls}\n`);
  const zipped = command('esbuild and zip', folder, 'sh', ['-c', zipEach, esbuild, ...esbuildOptions, ...entries]);
  return [
    ...(await compare(
      what,
      'ms',
      gear(folder, '--no-cache'),
      [
        command('esbuild', folder, esbuild, [...esbuildOptions, ...entries]),
        command('esbuild from Node.js', folder, process.execPath, ['--input-type=module', '-e', fromNode, ...entries]),
        (await isInstalled('zip')) ? zipped : undefined,
        osls,
      ],
      count === 50 ? 3 : 5,
    )),
    ...(await compare(
      `${what}, unchanged`,
      'ms',
      gear(folder),
      [command('node -e 0', folder, process.execPath, ['-e', '0'])],
      5,
    )),
    ...(osls === undefined || count > 1 ? [] : [await zipSizes(folder)]),
  ];
}

/** What would be uploaded, of the same function. */
async function zipSizes(folder: string): Promise<Figure> {
  const {stdout} = await execa(process.execPath, [gearPath, 'build', '--json'], {cwd: folder});
  const gear: number = JSON.parse(stdout).functions[0].zipBytes;
  const osls = statSync(join(folder, '.serverless/order0.zip')).size;
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const ratio = `${(gear / osls).toFixed(2)}x`;
  return {what: 'zip of a function', gear: kilobytes(gear), instead: `osls package ${kilobytes(osls)}`, ratio};
}

/** A folder in which osls, serverless-esbuild and esbuild are installed; otherwise osls is looked for as a command. */
const oslsFolder = process.env.GEAR_BENCH_OSLS;
const oslsPath = oslsFolder === undefined ? 'osls' : resolve(oslsFolder, 'node_modules/.bin/osls');
const withoutOsls =
  'osls is not measured: it is not installed. GEAR_BENCH_OSLS names a folder in which osls, serverless-esbuild and esbuild are.';

/** Its own program, without the Node.js around it: the least that bundling can take. */
const esbuild = join(modules, `@esbuild/${process.platform}-${process.arch}/bin/esbuild`);
const esbuildOptions = [
  ...['--bundle', '--minify', '--keep-names', '--platform=node', '--format=esm', '--target=node24'],
  ...['--main-fields=module,main', '--outdir=out', '--log-level=error'],
];
const fromNode = `
  const {build} = await import(${JSON.stringify(pathToFileURL(join(modules, 'esbuild/lib/main.js')).href)});
  await build({
    entryPoints: process.argv.slice(1), bundle: true, minify: true, keepNames: true, platform: 'node', format: 'esm',
    target: 'node24', mainFields: ['module', 'main'], outdir: 'out', logLevel: 'error',
  });`;
const zipEach = '"$0" "$@" && for file in out/*.js; do zip -q -X -9 - "$file" > "$file.zip"; done';

/** Functions that put an order into a bucket and say so: half a megabyte each. */
function writeService(folder: string, count: number): readonly string[] {
  mkdirSync(join(folder, 'src'), {recursive: true});
  symlinkSync(modules, join(folder, 'node_modules'));
  const names = Array.from({length: count}, (_, index) => `order${index}`);
  const entries = names.map(name => `src/${name}.ts`);
  for (const [index, name] of names.entries())
    writeFileSync(
      join(folder, entries[index]!),
      `import {S3Client, PutObjectCommand} from '@aws-sdk/client-s3';
import {Logger} from '@aws-lambda-powertools/logger';
const logger = new Logger({serviceName: '${name}'});
const s3 = new S3Client({});
export const handler = async ({id}: {id: string}) => {
  logger.info('saved', {id});
  return s3.send(new PutObjectCommand({Bucket: 'orders', Key: id}));
};
`,
    );
  const functions = names.map((name, index) => [
    `Function${index}`,
    {
      Type: 'AWS::Lambda::Function',
      Metadata: {Gear: {Entry: entries[index]}},
      Properties: {Code: `./dist/${name}`, Handler: 'index.handler', Runtime: 'nodejs24.x'},
    },
  ]);
  writeFileSync(join(folder, 'template.json'), JSON.stringify({Resources: Object.fromEntries(functions)}));
  if (oslsFolder !== undefined) {
    const plugin = resolve(oslsFolder, 'node_modules/serverless-esbuild');
    writeFileSync(join(folder, 'plugin.cjs'), `module.exports = require(${JSON.stringify(plugin)});\n`);
  }
  writeFileSync(
    join(folder, 'serverless.yml'),
    JSON.stringify({
      service: 'orders',
      provider: {name: 'aws', runtime: 'nodejs22.x'},
      // osls itself bundles nothing, and takes no plugin from outside of the service but through a file in it.
      plugins: [oslsFolder === undefined ? 'serverless-esbuild' : './plugin.cjs'],
      package: {individually: true},
      custom: {
        esbuild: {
          ...{bundle: true, minify: true, keepNames: true, platform: 'node', target: 'node24'},
          ...{mainFields: ['module', 'main'], exclude: []},
        },
      },
      functions: Object.fromEntries(names.map(name => [name, {handler: `src/${name}.handler`}])),
    }),
  );
  return entries;
}

function gear(folder: string, ...args: string[]): Subject {
  return command('gear', folder, process.execPath, [gearPath, 'build', ...args]);
}

function command(
  name: string,
  cwd: string,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Subject {
  return {name, measure: () => time(() => execa(file, args, {cwd, env, stdio: 'ignore'}))};
}
