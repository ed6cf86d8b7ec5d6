import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {bundlePython} from '../../src/bundle/bundle-python.ts';
import {zip} from '../../src/bundle/zip.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-python-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

function write(files: Record<string, string | Uint8Array>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
}

const bundle = async (options: Partial<Parameters<typeof bundlePython>[0]> = {}) => {
  const entries = await bundlePython({folder, entry: 'src/ingest/handler.py', output: 'dist/ingest', ...options});
  return entries.map(({path}) => path).sort();
};
const service = {
  'src/ingest/__init__.py': '',
  'src/ingest/handler.py': 'import json, boto3\nfrom lib.failure import Malformed\nfrom . import rows\n',
  'src/ingest/rows.py': 'def load():\n    import prices as p\n',
  'src/ingest/schema.json': '{}',
  'src/ingest/__pycache__/handler.cpython-313.pyc': 'stale',
  'src/lib/__init__.py': '',
  'src/lib/failure.py': 'import clock',
  'src/clock.py': '',
  'src/prices/__init__.py': '',
  'src/redrive/__init__.py': '',
  'src/redrive/handler.py': '',
};

describe('the package of a Python function', () => {
  it('holds its own package and what that imports of its neighbours, and nothing of another function', async () => {
    write(service);
    expect(await bundle()).toEqual([
      'clock.py',
      'ingest/__init__.py',
      'ingest/handler.py',
      'ingest/rows.py',
      'ingest/schema.json',
      'lib/__init__.py',
      'lib/failure.py',
      'prices/__init__.py',
    ]);
    expect(readFileSync(join(folder, 'dist/ingest/ingest/schema.json'), 'utf8')).toBe('{}');
  });

  it('holds a single module where there is no package', async () => {
    write({'orders.py': 'import rows', 'rows.py': '', 'other.py': ''});
    expect(await bundle({entry: 'orders.py'})).toEqual(['orders.py', 'rows.py']);
  });

  it('replaces what an earlier one left', async () => {
    write({...service, 'dist/ingest/stale.py': ''});
    await bundle();
    expect(existsSync(join(folder, 'dist/ingest/stale.py'))).toBe(false);
  });

  it('is made only for a handler that it holds', async () => {
    write(service);
    await expect(bundle({handler: 'ingest.handler.handler'})).resolves.toHaveLength(8);
    await expect(bundle({handler: 'handler.handler'})).rejects.toMatchObject({
      message: 'Handler handler.handler names no module of the package: handler.py is not in it',
      suggestions: ['Handler: ingest.handler.handler'],
    });
    await expect(bundle({entry: 'src/orders.py'})).rejects.toThrow('src/orders.py does not exist');
  });
});

describe('of requirements.txt', () => {
  it('what the runtime has is left out, without pip and without a network', async () => {
    write({
      ...service,
      'requirements.txt':
        '# pinned\nboto3==1.43.11\nBotocore[crt]>=1  # comment\npython_dateutil\n\nsix ; python_version < "4"\n',
    });
    await expect(bundle({fetch: false})).resolves.toHaveLength(8);
  });

  it.each(['-r other.txt', '--requirement=other.txt', '-e ./lib'])('the line %s is refused', async line => {
    write({...service, 'requirements.txt': `${line}\n`});
    await expect(bundle()).rejects.toThrow(`requirements.txt has the line "${line}"`);
  });

  it('nothing is fetched for somebody who only looks', async () => {
    write({...service, 'requirements.txt': 'prices==1.0\n'});
    await expect(bundle({fetch: false})).rejects.toThrow('requirements.txt lists packages that are not fetched yet');
  });
});

describe.skipIf(!hasPip())('what pip fetches', {timeout: 60_000}, () => {
  const requirements = (line: string) => `--no-index\n--find-links wheels\n${line}\nboto3==1.43.11\n`;

  it('is packed, less what the runtime has and what differs between machines, and is fetched once', async () => {
    write({
      ...service,
      ...wheel('tariffs', {'tariffs/__init__.py': 'rate = 3'}, 'Requires-Dist: six\n'),
      ...wheel('six', {'six.py': ''}),
      'requirements.txt': requirements('tariffs==1.0'),
    });
    const fetched = (await bundle()).filter(path => !/^(ingest|lib|prices|clock)/.test(path));
    expect(fetched).toEqual(['tariffs-1.0.dist-info/METADATA', 'tariffs-1.0.dist-info/WHEEL', 'tariffs/__init__.py']);
    rmSync(join(folder, 'wheels'), {recursive: true});
    expect(await bundle({fetch: false})).toContain('tariffs/__init__.py');
  });

  it('is refused by name when it is not pure Python', async () => {
    write({
      ...service,
      ...wheel('tariffs', {'tariffs/rates.so': ''}, '', 'cp313-cp313-manylinux_2_17_x86_64'),
      'requirements.txt': requirements('tariffs==1.0'),
    });
    await expect(bundle()).rejects.toThrow(
      'requirements.txt: there is no pure-Python wheel of tariffs==1.0 to be found. What holds compiled code must be built',
    );
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  it('is refused when a wheel that says it is pure is not', async () => {
    write({...service, ...wheel('tariffs', {'tariffs/rates.so': ''}), 'requirements.txt': requirements('tariffs')});
    await expect(bundle()).rejects.toThrow('tariffs/rates.so is compiled code');
  });
});

/** The least that pip takes for a wheel. */
function wheel(
  name: string,
  files: Record<string, string>,
  metadata = '',
  tag = 'py3-none-any',
): Record<string, Uint8Array> {
  const info = `${name}-1.0.dist-info`;
  const all = {
    ...files,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n${metadata}`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
  };
  const record = [...Object.keys(all), `${info}/RECORD`].map(path => `${path},,\n`).join('');
  const entries = Object.entries({...all, [`${info}/RECORD`]: record});
  const {bytes} = zip(entries.map(([path, text]) => ({path, bytes: Buffer.from(text)})));
  return {[`wheels/${name}-1.0-${tag}.whl`]: bytes};
}

function hasPip(): boolean {
  try {
    execFileSync('python3', ['-m', 'pip', '--version'], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}
