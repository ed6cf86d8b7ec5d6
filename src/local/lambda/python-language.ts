import {fileURLToPath} from 'node:url';
import {ServiceError} from '../service-error.ts';
import {findPython, type Python, type Surroundings} from './find-python.ts';
import type {Language} from './language.ts';

/** Beside this file from the sources and in a build, which copies it. */
const bootstrap = fileURLToPath(new URL('./bootstrap.py', import.meta.url));

/** Functions run on a Python of this machine: of the version they ask for where there is one. */
export function pythonLanguage(bytecodeFolder: string, surroundings: Surroundings = process): Language {
  const found = new Map<string, Promise<Python | undefined>>();
  return {
    runs: runtime => runtime.startsWith('python'),
    async interpreter(runtime) {
      const search = found.get(runtime) ?? findPython(minorOf(runtime), surroundings);
      found.set(runtime, search);
      const python = await search;
      if (python === undefined) {
        // It may be installed before the next attempt.
        found.delete(runtime);
        throw new ServiceError(
          'RuntimeNotFound',
          `A function with the runtime ${runtime} needs Python 3.10 or newer on this machine, and none was found: not as python3 on the PATH, and not among those that pyenv and uv installed`,
          {status: 501},
        );
      }
      return {
        name: `Python ${python.version}`,
        runtimeVersion: `python:${python.version}`,
        exact: python.minor === minorOf(runtime),
        command: ({id}) => [python.executable, ...flags(python, bytecodeFolder), bootstrap, id, ...(python.sdk ?? [])],
      };
    },
  };
}

function minorOf(runtime: string): number {
  return Number(/^python3\.(\d+)$/.exec(runtime)?.[1]);
}

/** Unbuffered, and without `site`, by which the developer's packages would be found. */
function flags({sdkIsForeign}: Python, bytecodeFolder: string): string[] {
  // An SDK that another Python installed has no bytecode for this one, and compiling it takes a second of each cold
  // start. The rest runs as on AWS, where the package cannot be written to.
  return ['-u', '-S', ...(sdkIsForeign ? ['-X', `pycache_prefix=${bytecodeFolder}`] : ['-B'])];
}
