import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Message} from 'esbuild';
import {GearError, shownPath} from '../errors.ts';

/** All that is wrong with a function's code, each at its place: `src/handler.ts:2:29: ...`. */
export function describeBuildFailure(errors: readonly Message[], folder: string, entry: string): GearError {
  if (!existsSync(join(folder, entry)))
    return new GearError(`There is no ${shownPath(join(folder, entry))}, which the template names as an entry point`, {
      code: 'BUNDLE_FAILED',
      suggestions: ['mend Metadata: {Gear: {Entry: ...}} of the function'],
    });
  const lines = [...errors].sort(byPlace).map(({text, location}) => {
    const at =
      location === null
        ? shownPath(join(folder, entry))
        : `${shownPath(resolve(folder, location.file))}:${location.line}:${location.column + 1}`;
    return `${at}: ${inWords(text)}`;
  });
  const missing = errors.some(({text}) => packageOf(text) !== undefined);
  const here = shownPath(folder);
  return new GearError([...new Set(lines)].join('\n'), {
    code: 'BUNDLE_FAILED',
    suggestions: missing ? [`npm install${here === '.' ? '' : `, in ${here}`}`] : [],
    cause: errors,
  });
}

/** esbuild tells them as it comes upon them, which differs from run to run. */
function byPlace({location: a}: Message, {location: b}: Message): number {
  if (a === null || b === null) return 0;
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}

function inWords(text: string): string {
  const name = packageOf(text);
  if (name !== undefined) return `the package ${name} is not installed`;
  const file = /^Could not resolve "([^"]*)"$/.exec(text)?.[1];
  if (file !== undefined) return `there is no ${file}`;
  const [, exported, from] = /^No matching export in "([^"]*)" for import "([^"]*)"$/.exec(text) ?? [];
  return exported === undefined ? text : `${exported} exports no ${from}`;
}

/** `@scope/name` or `name`, when that is what esbuild did not find. */
function packageOf(text: string): string | undefined {
  return /^Could not resolve "((?:@[^"/]+\/)?[^"./][^"/]*)(?:\/[^"]*)?"$/.exec(text)?.[1];
}
