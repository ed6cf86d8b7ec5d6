import {GearError} from '../errors.ts';
import {packageName} from './python-package.ts';

/** What a function that gear adds can be written in: `templates/functions/<name>/`, a handler and a test per trigger. */
export const functionLanguages: readonly FunctionLanguage[] = [
  {
    name: 'typescript',
    runtime: 'nodejs24.x',
    entry: name => `src/functions/${name}/handler.ts`,
    handler: () => 'index.handler',
    files: name => ({'handler.ts': `src/functions/${name}/handler.ts`, 'test.ts': `test/${name}.test.ts`}),
    shared: () => ({}),
  },
  {
    name: 'python',
    runtime: 'python3.13',
    entry: name => `src/${packageName(name)}/handler.py`,
    handler: name => `${packageName(name)}.handler.handler`,
    files: name => ({
      'handler.py': `src/${packageName(name)}/handler.py`,
      'test.py': `tests/test_${packageName(name)}.py`,
    }),
    shared: name => ({'package.py': `src/${packageName(name)}/__init__.py`, 'tests.py': 'tests/__init__.py'}),
  },
];

export interface FunctionLanguage {
  readonly name: string;
  readonly runtime: string;
  /** The handler's file, below the service's folder, for a function's name. */
  entry(name: string): string;
  /** As Lambda is told. */
  handler(name: string): string;
  /** Where the files of a trigger go. */
  files(name: string): Readonly<Record<string, string>>;
  /** Where files go that make their folder a package: written where there is none, gone with the folder's last module. */
  shared(name: string): Readonly<Record<string, string>>;
}

export function chooseFunctionLanguage(name: string): FunctionLanguage {
  const language = functionLanguages.find(candidate => candidate.name === name);
  if (language !== undefined) return language;
  throw new GearError(`A function is not written in ${name}; it is in typescript or python`, {
    code: 'LANGUAGE_UNKNOWN',
    suggestions: functionLanguages.map(candidate => `--language ${candidate.name}`),
  });
}

/** The language that a file is written in, by its name. */
export function languageOfEntry(entry: string | undefined): FunctionLanguage {
  return chooseFunctionLanguage(entry?.endsWith('.py') ? 'python' : 'typescript');
}
