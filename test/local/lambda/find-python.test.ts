import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {findPython} from '../../../src/local/lambda/find-python.ts';
import {pythonLanguage} from '../../../src/local/lambda/python-language.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gear-pythons-'));
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

/** A program that answers the one question as a Python of this version would; `broken` is a shim of none. */
function install(path: string, version: string, {sdk = false}: {sdk?: boolean} = {}): void {
  const file = join(home, path);
  mkdirSync(dirname(file), {recursive: true});
  const answer = [file, version.split('.').map(Number), sdk ? `/sdk/of/${version}` : null];
  writeFileSync(file, version === 'broken' ? '#!/bin/sh\nexit 127\n' : `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  chmodSync(file, 0o755);
}

const env = () => ({HOME: home, PATH: [join(home, 'venv/bin'), join(home, 'bin')].join(delimiter)});
const found = async (minor: number) => {
  const python = await findPython(minor, {env: env()});
  return python && [python.executable.slice(home.length + 1), python.sdk?.[0], python.sdkIsForeign];
};

describe('the Python for a function', () => {
  it('is python3 when that has the version, as in a virtual environment', async () => {
    install('venv/bin/python3', '3.13.1', {sdk: true});
    install('bin/python3.13', '3.13.9', {sdk: true});
    expect(await found(13)).toEqual(['venv/bin/python3', '/sdk/of/3.13.1', false]);
  });

  it('is the one named for the version, when python3 is another', async () => {
    install('bin/python3', '3.11.7');
    install('bin/python3.13', '3.13.1', {sdk: true});
    expect(await found(13)).toEqual(['bin/python3.13', '/sdk/of/3.13.1', false]);
  });

  it.each(['.pyenv/versions/3.13.1/bin/python3', '.local/share/uv/python/cpython-3.13.1-linux-x86_64-gnu/bin/python3'])(
    'is %s, though a shim of that name does not run',
    async path => {
      install('bin/python3.13', 'broken');
      install(path, '3.13.1', {sdk: true});
      expect(await found(13)).toEqual([path, '/sdk/of/3.13.1', false]);
    },
  );

  it('takes boto3 from another Python when it has none', async () => {
    install('bin/python3', '3.11.7', {sdk: true});
    install('bin/python3.13', '3.13.1');
    expect(await found(13)).toEqual(['bin/python3.13', '/sdk/of/3.11.7', true]);
  });

  it('is the newest there is, when none has the version', async () => {
    install('bin/python3', '3.10.4');
    install('bin/python3.12', '3.12.2');
    install('.pyenv/versions/3.11.7/bin/python3', '3.11.7');
    expect(await found(14)).toEqual(['bin/python3.12', undefined, false]);
  });

  it('is none when all are older than 3.10, and the function is told so', async () => {
    install('bin/python3', '3.9.2', {sdk: true});
    expect(await found(13)).toBeUndefined();
    const language = pythonLanguage('/nonexistent', {env: env()});
    await expect(language.interpreter('python3.13')).rejects.toMatchObject({
      code: 'RuntimeNotFound',
      message: expect.stringMatching(/^A function with the runtime python3\.13 needs Python 3\.10 or newer on this/),
    });
    install('bin/python3.13', '3.13.1');
    expect(await language.interpreter('python3.13')).toMatchObject({name: 'Python 3.13.1', exact: true});
  });
});
