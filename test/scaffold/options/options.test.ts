import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, describe, expect, it, test} from 'vitest';
import {auditTemplates} from '../../../src/audit/audit-templates.ts';
import {rules} from '../../../src/audit/rules/index.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import NewService from '../../../src/commands/new/service.ts';
import {applyOptions, type ChosenOptions, checkOptions} from '../../../src/scaffold/options/apply-options.ts';
import {options} from '../../../src/scaffold/options/options.ts';
import {permissionRows} from '../../../src/scaffold/permission-rows.ts';
import {renderService} from '../../../src/scaffold/render-service.ts';
import {templates} from '../../../src/scaffold/templates.ts';
import {writeService} from '../../../src/scaffold/write-service.ts';

/** What each option is given here; a switch is given nothing. */
const values: ChosenOptions = {
  'permissions-boundary': 'arn:aws:iam::123456789012:policy/teams/developer-boundary',
  vpc: 'the "orders" database has no public endpoint',
};
const services = templates.flatMap(({name, languages, queues}) =>
  languages.flatMap(language => (queues.length === 0 ? [undefined] : queues).map(queue => ({name, language, queue}))),
);

interface Case {
  readonly name: string;
  readonly language: string;
  readonly queue: string | undefined;
  readonly options: string;
  readonly chosen: ChosenOptions;
}

function chosen(...names: readonly string[]): ChosenOptions {
  const wanted = options.filter(({name}) => names.length === 0 || names.includes(name));
  return Object.fromEntries(wanted.map(({name}) => [name, values[name] ?? '']));
}

/** Inside the repository, so that the services find their packages in gear's node_modules. */
const folder = fileURLToPath(new URL(`../../../.test/options-${process.pid}/`, import.meta.url));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe.each([
  ...options.map(({name}): Case => ({...services[0]!, options: `--${name} alone`, chosen: chosen(name)})),
  ...services.map((service): Case => ({...service, options: 'all options', chosen: chosen()})),
])('$name in $language with the queue $queue and $options', ({name, language, queue, options: named, chosen}) => {
  const service = join(folder, [name, language, queue, named].join('-').replaceAll(/[ -]+/g, '-'));

  it('gives the audit nothing to find, and says in its README what each role may do', async () => {
    const plain = await renderService({template: name, language, queue, name: 'orders'});
    const {files} = applyOptions({name: 'orders', language, files: plain}, chosen);
    await writeService(service, files);
    const file = join(service, 'template.yaml');
    const {result, failures} = await auditTemplates([file], rules, {parameters: {}, today: '2026-11-21'});
    // That there are pings is told, and fails nothing.
    const findings = result.findings.filter(({rule}) => rule !== 'coldstart/keep-warm-ping');
    expect({findings, notChecked: result.notChecked, failures}).toEqual({findings: [], notChecked: [], failures: []});
    const contents = (wanted: string) => files.find(({path}) => path === wanted)!.contents;
    const described = [...contents('README.md').matchAll(permissionRow)].map(([, role, statement]) => [
      role,
      statement,
    ]);
    const granted = permissionRows(parseTemplate(contents('template.yaml'), file));
    expect(described).toEqual(granted.map(({role, statement}) => [role, statement]));
  });
});

const permissionRow = /^\| *`([\w-]+)` *\| *(\w+) *\| *`\w+:/gm;

test.each(options)('--$name is a flag of gear new service, described in the same words', ({name, summary, value}) => {
  const flag = NewService.flags[name as keyof typeof NewService.flags];
  expect(flag).toMatchObject({description: summary, type: value === undefined ? 'boolean' : 'option'});
});

test.each(['developer-boundary', 'arn:aws:iam::123456789012:role/developer', ''])(
  '--permissions-boundary %j is refused',
  arn => {
    expect(() => checkOptions({'permissions-boundary': arn})).toThrow('that is not the ARN of a managed policy');
  },
);
