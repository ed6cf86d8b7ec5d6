import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import NewFunction from '../../src/commands/new/function.ts';
import RemoveFunction from '../../src/commands/remove/function.ts';

const original =
  'Resources:\n  OrderQueue:\n    Type: AWS::SQS::Queue\n\nOutputs:\n  Url:\n    Value: !Ref OrderQueue\n';
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gear-function-'));
  writeFileSync(join(dir, 'template.yaml'), original);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, {recursive: true});
});

describe('gear new function', () => {
  it('says what it wrote and what to do next', async () => {
    const {stdout, exit} = await gear(NewFunction, 'notify', '--trigger', 'queue', '--dir', dir);
    expect([exit, stdout]).toEqual([
      0,
      `notify is added: NotifyFunction, with the trigger queue.
  changed  template.yaml
  new      events/notify.json
  new      src/functions/notify/handler.ts
  new      test/notify.test.ts

There is no README.md that could list what the new role may do.

Its handler and test need packages: npm install --save-dev @types/aws-lambda @types/node vitest

Next:
  cd ${dir}
  edit src/functions/notify/handler.ts
  gear audit
  gear deploy --local
`,
    ]);
  });

  it('says what to do next in Python', async () => {
    const {stdout} = await gear(NewFunction, 'notify', '--trigger', 'queue', '--language', 'python', '--dir', dir);
    expect(stdout).toContain(`Next:
  cd ${dir}
  edit src/notify/handler.py
  python3 -m unittest
  gear audit
  gear deploy --local
`);
  });

  it('says that it is there already, and leaves it alone', async () => {
    await gear(NewFunction, 'notify', '--trigger', 'queue', '--dir', dir);
    const {stdout, exit} = await gear(NewFunction, 'notify', '--trigger', 'queue', '--dir', dir);
    expect([exit, stdout]).toEqual([0, 'notify is there already: NotifyFunction, with the trigger queue.\n']);
  });

  it('shows in a dry run which lines would come, and writes nothing', async () => {
    const {stdout, exit} = await gear(NewFunction, 'notify', '--trigger', 'none', '--dir', dir, '--dry-run');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^--- template\.yaml\n\+\+\+ template\.yaml\n@@ line 2 @@\n {3}OrderQueue:\n/);
    expect(stdout).toContain('\n+  NotifyFunctionName:\n');
    expect(stdout).toContain('--- /dev/null\n+++ src/functions/notify/handler.ts\n');
    expect(stdout).not.toMatch(/^-[^-]/m);
    expect([readdirSync(dir), readFileSync(join(dir, 'template.yaml'), 'utf8')]).toEqual([['template.yaml'], original]);
  });

  it('prints one document with --json', async () => {
    const {stdout} = await gear(NewFunction, 'notify', '--trigger', 'none', '--dir', dir, '--json');
    expect(JSON.parse(stdout)).toMatchObject({function: 'notify', trigger: 'none', functionId: 'NotifyFunction'});
  });

  it.each([
    [['notify'], 'Not given: --trigger. They are asked for only on a terminal'],
    [['Notify Buyer', '--trigger', 'none'], '"Notify Buyer" cannot be a function\'s name'],
    [['notify', '--trigger', 'mail'], 'There is no trigger mail; there is http, queue'],
    [['notify', '--trigger', 'none', '--language', 'java'], 'A function is not written in java'],
  ])('refuses %j', async (argv, message) => {
    const {stderr, exit} = await gear(NewFunction, ...argv, '--dir', dir);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(readdirSync(dir)).toEqual(['template.yaml']);
  });
});

describe('gear remove function', () => {
  it('gives the folder back as it was', async () => {
    await gear(NewFunction, 'notify', '--trigger', 'queue', '--dir', dir);
    const shown = await gear(RemoveFunction, 'notify', '--dir', dir, '--dry-run');
    expect(shown.stdout).toContain('\n-  NotifyFunction:\n');
    expect(shown.stdout).not.toMatch(/^\+[^+]/m);
    const {stdout, exit} = await gear(RemoveFunction, 'notify', '--dir', dir);
    expect([exit, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^notify is removed: NotifyFunction and 14 resources with it\.\n {2}changed {2}template\.yaml\n/,
      ),
    ]);
    expect(readFileSync(join(dir, 'template.yaml'), 'utf8')).toBe(original);
  });

  it('says that there is no such function', async () => {
    const {stderr, exit} = await gear(RemoveFunction, 'notify', '--dir', dir);
    expect([exit, stderr]).toEqual([
      2,
      expect.stringContaining('has no function NotifyFunction, which notify would be'),
    ]);
  });
});

type Command = typeof NewFunction | typeof RemoveFunction;

async function gear(command: Command, ...argv: string[]): Promise<{stdout: string; stderr: string; exit: number}> {
  const written = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation(text => {
      written[name] += text;
      return true;
    });
  process.exitCode = undefined;
  await command.run(argv, fileURLToPath(new URL('../../', import.meta.url)));
  const exit = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return {...written, exit};
}
