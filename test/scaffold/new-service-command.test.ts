import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import NewService from '../../src/commands/new/service.ts';
import {options} from '../../src/scaffold/options/options.ts';

const prompts = vi.hoisted(() => ({checkbox: vi.fn(), input: vi.fn(), select: vi.fn()}));
vi.mock('@inquirer/prompts', () => prompts);

let folder: string;
let dir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-new-'));
  dir = join(folder, 'orders');
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const prompt of Object.values(prompts)) prompt.mockReset();
  for (const stream of streams) Object.defineProperty(stream, 'isTTY', {value: false, configurable: true});
  rmSync(folder, {recursive: true});
});

const all = ['--template', 'ingestion', '--language', 'typescript'];

describe('gear new service', () => {
  it('writes the service and says what to type next', async () => {
    const {stdout, exit} = await gear('orders', ...all, '--dir', dir);
    expect(exit).toBe(0);
    expect(readFileSync(join(dir, 'gear.yaml'), 'utf8')).toContain('service: orders');
    expect(stdout).toBe(
      `orders is written to ${dir}: ${fileCount()} files.\n\nNext:\n  cd ${dir}\n  npm install\n  gear deploy --local\n`,
    );
  });

  it('says what to type next for the language', async () => {
    const {stdout} = await gear('orders', '--template', 'ingestion', '--language', 'python', '--dir', dir);
    expect(stdout).toContain('\n  python3 -m pip install -r requirements.txt\n  gear deploy --local\n');
    expect(readFileSync(join(dir, 'template.yaml'), 'utf8')).toContain('Runtime: python3.13');
  });

  it('says with which parameters it is deployed here, where the options ask for some, in the README and package.json too', async () => {
    const boundary = 'arn:aws:iam::123456789012:policy/developer-boundary';
    const options = ['--vpc', 'reaches the orders database', '--permissions-boundary', boundary, '--tracing'];
    const {stdout} = await gear(
      'orders',
      '--template',
      'http-api',
      '--language',
      'typescript',
      ...options,
      '--dir',
      dir,
    );
    const network = '--parameter SubnetIds=subnet-0a,subnet-0b --parameter SecurityGroupIds=sg-0c';
    const deploy = `gear deploy --local ${network} --parameter PermissionsBoundaryArn=`;
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`  ${deploy}`);
    const readme = readFileSync(join(dir, 'README.md'), 'utf8');
    expect(readme.match(/^ {4}gear deploy .*--local.*$/gm)).toEqual([`    ${deploy}`, `    ${deploy}`]);
    const {scripts} = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    expect(scripts['deploy:local']).toBe(deploy);
  });

  it('writes nothing the second time', async () => {
    await gear('orders', ...all, '--dir', dir);
    const {stdout, exit} = await gear('orders', ...all, '--dir', dir);
    expect(exit).toBe(0);
    expect(stdout).toContain(`orders is unchanged in ${dir}: all ${fileCount()} files are as they would be written.`);
  });

  it('prints one document with --json', async () => {
    const {stdout} = await gear('orders', ...all, '--dir', dir, '--json');
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({service: 'orders', template: 'ingestion', language: 'typescript', folder: dir});
    expect(document.files).toContainEqual({path: 'template.yaml', status: 'written'});
  });

  it('shows the tree and the contents in a dry run, and writes nothing', async () => {
    const {stdout, exit} = await gear('orders', '--yes', '--dry-run', '--dir', dir);
    expect(exit).toBe(0);
    expect(stdout).toContain(`${dir}/\n  .cfnlintrc\n  .github/\n    workflows/\n      ci.yml\n`);
    expect(stdout).toContain('==> gear.yaml <==\n');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names in a dry run what differs', async () => {
    await gear('orders', ...all, '--dir', dir);
    writeFileSync(join(dir, 'README.md'), 'mine');
    const {stdout} = await gear('orders', ...all, '--dir', dir, '--dry-run');
    expect(stdout).toContain('  README.md  (differs)\n');
    expect(stdout).toContain('  gear.yaml  (unchanged)\n');
  });

  it('overwrites a file that differs only with --force', async () => {
    await gear('orders', ...all, '--dir', dir);
    writeFileSync(join(dir, 'README.md'), 'mine');
    const {stderr, exit} = await gear('orders', ...all, '--dir', dir);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(join(dir, 'README.md'))]);
    const forced = JSON.parse((await gear('orders', ...all, '--dir', dir, '--force', '--json')).stdout);
    expect(forced.files.filter(({status}: {status: string}) => status === 'written')).toEqual([
      {path: 'README.md', status: 'written'},
    ]);
  });

  it.each([
    [[], 'Not given: NAME, --template, --language. They are asked for only on a terminal'],
    [['orders', '--template', 'ingestion'], 'Not given: --language.'],
    [['--yes'], 'Not given: NAME.'],
    [['Orders', ...all], '"Orders" cannot be a service\'s name'],
    [
      ['orders', '--template', 'website', '--language', 'typescript'],
      'There is no template website; there is ingestion, ',
    ],
    [['orders', ...all, '--queue', 'sqs'], 'The template ingestion leaves no choice of a queue'],
    [
      ['orders', '--template', 'orchestration', '--language', 'typescript', '--queue', 'kafka'],
      'The template orchestration has no queue kafka; there is sqs and dynamodb',
    ],
    [
      ['orders', '--template', 'ingestion', '--language', 'cobol'],
      'The template ingestion is not written in cobol; it is in typescript and python',
    ],
  ])('refuses %j', async (argv, message) => {
    const {stderr, exit} = await gear(...argv, '--dir', dir);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(dir)).toBe(false);
  });

  it('asks on a terminal for what was not given, and for nothing else', async () => {
    onTerminal();
    prompts.input.mockResolvedValue('orders');
    prompts.select.mockResolvedValue('typescript');
    const {exit} = await gear('--template', 'ingestion', '--dir', dir);
    expect(exit).toBe(0);
    expect(prompts.select.mock.calls.map(([question]) => question.message)).toEqual(['Language']);
    const [[question]] = prompts.input.mock.calls as [[{validate(name: string): string | true}]];
    expect(question.validate('orders')).toBe(true);
    expect(question.validate('My Orders')).toContain('my-orders would do');
    expect(existsSync(join(dir, 'gear.yaml'))).toBe(true);
  });

  it('offers the options to who names no template, asks for the values of those that are chosen, and checks them', async () => {
    onTerminal();
    prompts.select.mockResolvedValueOnce('http-api').mockResolvedValueOnce('python');
    prompts.checkbox.mockResolvedValue(['tracing', 'vpc', 'permissions-boundary']);
    const answers = ['reaches the orders database', 'arn:aws:iam::123456789012:policy/developer-boundary'];
    for (const answer of answers) prompts.input.mockResolvedValueOnce(answer);
    expect(await gear('orders', '--dir', dir)).toMatchObject({exit: 0});
    const [[offered]] = prompts.checkbox.mock.calls as [[{choices: {value: string}[]}]];
    expect(offered.choices.map(({value}) => value).sort()).toEqual(options.map(({name}) => name).sort());
    const questions = prompts.input.mock.calls.map(([question]) => question);
    expect(questions.map(({message}) => message)).toEqual([
      'Why are the functions in a VPC?',
      'ARN of the managed policy that bounds the roles',
    ]);
    expect(questions.map(({validate}) => validate('security'))).toEqual([
      expect.stringContaining('takes the reason'),
      expect.stringContaining('not the ARN of a managed policy'),
    ]);
    expect(questions.map(({validate}, index) => validate(answers[index]!))).toEqual([true, true]);
    const template = readFileSync(join(dir, 'template.yaml'), 'utf8');
    for (const written of [...answers, 'Mode: Active']) expect(template).toContain(written);
  });

  it.each([
    ['who names the template', ['--template', 'http-api']],
    ['who names an option', ['--tracing']],
    ['who wants no questions', ['--yes']],
  ])('offers no options to %s', async (_, flags) => {
    onTerminal();
    prompts.select.mockImplementation(({choices: [first]}) => first.value ?? first);
    expect(await gear('orders', ...flags, '--dir', dir)).toMatchObject({exit: 0});
    expect(prompts.checkbox).not.toHaveBeenCalled();
  });

  it('says that nothing was done when the person leaves the questions', async () => {
    onTerminal();
    prompts.input.mockRejectedValue(Object.assign(new Error('closed'), {name: 'ExitPromptError'}));
    const {exit, stderr} = await gear(...all, '--dir', dir);
    expect([exit, stderr]).toEqual([130, 'Interrupted. Nothing was done.\n']);
  });
});

function fileCount(): number {
  return readdirSync(dir, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile()).length;
}

const streams = [process.stdin, process.stdout];

function onTerminal(): void {
  for (const stream of streams) Object.defineProperty(stream, 'isTTY', {value: true, configurable: true});
}

async function gear(...argv: string[]): Promise<{stdout: string; stderr: string; exit: number}> {
  const written = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation(text => {
      written[name] += text;
      return true;
    });
  process.exitCode = undefined;
  await NewService.run(argv, fileURLToPath(new URL('../../', import.meta.url)));
  const exit = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return {...written, exit};
}
