import type {AddedChange} from '../scaffold/add-function.ts';
import type {RemovedFunction} from '../scaffold/remove-function.ts';
import type {ChangedFile, ServiceChange} from '../scaffold/service-change.ts';
import {diff} from './diff.ts';

/** The text forms of `gear new function` and `gear remove function`. */

export function addedFunction(
  {functionId, language, entry, files, notes}: AddedChange,
  {name, trigger, folder}: {readonly name: string; readonly trigger: string; readonly folder: string},
): string {
  if (files.length === 0) return `${name} is there already: ${functionId}, with the trigger ${trigger}.`;
  const packagesAreMissing = notes.some(note => note.includes('npm install'));
  const test = language === 'python' ? ['python3 -m unittest'] : packagesAreMissing ? [] : ['npm test'];
  const steps = [
    ...(folder === '.' ? [] : [`cd ${folder}`]),
    `edit ${entry}`,
    ...test,
    'gear audit',
    'gear deploy --local',
  ];
  return [
    `${name} is added: ${functionId}, with the trigger ${trigger}.`,
    ...listed(files),
    ...notes.map(note => `\n${note}`),
    '',
    'Next:',
    ...steps.map(step => `  ${step}`),
  ].join('\n');
}

export function removedFunction({functionId, resources, files, notes}: RemovedFunction, name: string): string {
  return [
    `${name} is removed: ${functionId} and ${resources.length - 1} resources with it.`,
    ...listed(files),
    ...notes.map(note => `\n${note}`),
    '',
    'A stack that is deployed loses them with the next gear deploy, and queues and buckets what they hold.',
  ].join('\n');
}

export function plannedChange({files, notes}: ServiceChange): string {
  return [...files.map(diff), ...notes].join('\n');
}

function listed(files: readonly ChangedFile[]): readonly string[] {
  return files.map(({path, before, after}) => `  ${verb(before, after)}  ${path}`);
}

function verb(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return 'new    ';
  return after === undefined ? 'deleted' : 'changed';
}
