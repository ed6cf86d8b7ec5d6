import {existsSync, globSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

/**
 * Which folders of src/ a folder may import from, itself aside. `model` and errors.ts are open to all. Type-only
 * imports count; the one exception is `report`, which takes the types of results and nothing else.
 */
const tools = ['iam', 'cloudformation', 'code', 'bundle', 'project', 'aws', 'terminal'];
const features = ['scaffold', 'audit', 'deploy', 'local', 'recovery'];
const allowed: Record<string, readonly string[]> = {
  model: [],
  ...Object.fromEntries(tools.map(tool => [tool, []])),
  inventory: tools,
  ...Object.fromEntries(features.map(feature => [feature, ['inventory', ...tools]])),
  report: [],
  cli: ['report', 'inventory', ...features, ...tools],
  commands: ['cli', 'report', 'inventory', ...features, ...tools],
};

/** Inside local/: a part and what it may import besides the contracts that lie directly in local/. */
const localParts: Record<string, readonly string[]> = {
  wire: ['access'],
  access: [],
  services: [],
  lambda: ['access', 'services'],
  events: ['access', 'services'],
  'execute-api': ['access', 'services'],
  stack: ['access', 'services'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = globSync('**/*.ts', {cwd: source})
  .filter(file => !file.endsWith('.d.ts'))
  .sort();
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const found: Import[] = [];
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;]*?from\s+'(?<path>[^']+)'|import\('(?<dynamic>[^']+)'\)/gm,
  );
  for (const match of statements) {
    const path = match.groups!.path ?? match.groups!.dynamic!;
    const target = path.startsWith('.') ? relative(source, resolve(source, dirname(file), path)) : path;
    found.push({file, target, typeOnly: match[1] !== undefined});
  }
  return found;
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

describe('the house', () => {
  test('is read at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(200);
  });

  test('has only rooms that stand in the plan', () => {
    const rooms = new Set(files.map(folderOf).filter(folder => folder !== ''));
    expect([...rooms].filter(room => !(room in allowed))).toEqual([]);
  });

  test('imports run down, never sideways', () => {
    const wrong = imports.filter(({file, target, typeOnly}) => {
      const from = folderOf(file);
      const to = folderOf(target);
      if (from === '' || !existsSync(join(source, target)) || to === '' || to === from || to === 'model') return false;
      if (from === 'report') return !(typeOnly && [...features, 'inventory'].includes(to));
      return !allowed[from]!.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  test('the parts of the embedded AWS run down: wire, access, services', () => {
    const wrong = imports.filter(({file, target}) => {
      const [, from, ...rest] = file.split('/');
      const [room, to, ...below] = target.split('/');
      if (!file.startsWith('local/') || rest.length === 0 || room !== 'local' || below.length === 0) return false;
      if (from === 'services' && to === 'services') return rest[0] !== below[0];
      return from !== to && !localParts[from!]!.includes(to!);
    });
    expect(wrong).toEqual([]);
  });

  test('no imports go in circles, but where the language does', () => {
    const targets = Map.groupBy(imports, ({file}) => file);
    const reaches = (from: string, wanted: string, seen = new Set<string>()): boolean =>
      (targets.get(from) ?? []).some(({target}) => {
        if (target === wanted) return true;
        if (seen.has(target)) return false;
        seen.add(target);
        return reaches(target, wanted, seen);
      });
    // A condition holds values, a value hangs on conditions and names resources, whose names are values.
    const language = ['conditions', 'intrinsics', 'references'].map(name => `inventory/template/${name}.ts`);
    expect(files.filter(file => reaches(file, file))).toEqual(language);
  });

  test('oclif is known to commands and cli only', () => {
    const wrong = imports.filter(({file, target}) => target.startsWith('@oclif/') && !/^(commands|cli)\//.test(file));
    expect(wrong).toEqual([]);
  });

  test('only aws/ and deploy/ and the readers talk to AWS, and nothing loads a client before it is needed', () => {
    const eager = imports.filter(({file, target, typeOnly}) => {
      if (!target.startsWith('@aws-sdk/') || typeOnly) return false;
      const text = readFileSync(join(source, file), 'utf8');
      return new RegExp(`^import (?!type).*from '${target}'`, 'm').test(text);
    });
    expect(eager).toEqual([]);
  });

  test('the process, its exit and its input belong to the command line', () => {
    const wrong = files.filter(file => {
      if (/^(commands|cli)\//.test(file) || /^local\/(daemon|lambda\/bootstrap)/.test(file)) return false;
      return /process\.(exit\(|exitCode|stdin|stdout)/.test(readFileSync(join(source, file), 'utf8'));
    });
    expect(wrong).toEqual([]);
  });

  test('has no drawer for things without a name', () => {
    expect(files.filter(file => /(^|\/)(utils?|helpers?|common)(\/|\.ts)/.test(file))).toEqual([]);
  });
});

describe('what lies in a folder stands in its list', () => {
  const lists = [
    ...globSync('local/services/*/operations', {cwd: source}),
    ...globSync('local/stack/resources', {cwd: source}),
  ];

  test.each(lists)('%s', folder => {
    const index = readFileSync(join(source, folder, 'index.ts'), 'utf8');
    const missing = globSync('*.ts', {cwd: join(source, folder)}).filter(
      file => file !== 'index.ts' && !index.includes(`'./${file}'`),
    );
    expect(missing).toEqual([]);
  });

  test('every rule', () => {
    const index = readFileSync(join(source, 'audit/rules/index.ts'), 'utf8');
    const missing = globSync('*/*.ts', {cwd: join(source, 'audit/rules')}).filter(
      file => !index.includes(`'./${file}'`),
    );
    expect(missing).toEqual([]);
  });

  test('every format of a finding', () => {
    const formats = globSync('report/findings/*.ts', {cwd: source});
    expect(formats.length).toBeGreaterThanOrEqual(2);
  });
});
