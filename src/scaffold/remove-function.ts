import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import {removeEntries} from '../cloudformation/remove-entries.ts';
import {GearError, shownPath} from '../errors.ts';
import type {Project} from '../project/read-project.ts';
import {notificationOf, removeNotification} from './bucket-notification.ts';
import {unlistAlarms} from './dashboard-alarms.ts';
import {functionBelongings, referrersOf} from './function-belongings.ts';
import {type FunctionBlock, renderBlock} from './function-block.ts';
import {languageOfEntry} from './function-language.ts';
import {logicalPrefix} from './function-name.ts';
import {unlistRole} from './options/take-over.ts';
import {ownFiles} from './own-files.ts';
import {removePermissions} from './permission-table.ts';
import type {ChangedFile, ServiceChange} from './service-change.ts';
import {lineOf, type Resource, resourcesOf} from './template-resources.ts';
import {triggers} from './triggers.ts';

/** What removing a function would change. Nothing is written. */
export async function removeFunction(
  project: Project,
  name: string,
  {force}: {force: boolean},
): Promise<RemovedFunction> {
  const present = parseTemplate(await readFile(project.template, 'utf8'), shownPath(project.template));
  const template = withoutNotification(present, name);
  const id = `${logicalPrefix(name)}Function`;
  const fn = resourcesOf(template)[id];
  if (fn?.Type !== 'AWS::Lambda::Function') throw noFunction(template, name, id);
  const block = await writtenBlock(name, fn);
  const written = Object.entries(block?.body.Resources ?? {}).flatMap(([wanted, {Type}]) =>
    resourcesOf(template)[wanted]?.Type === Type ? [wanted] : [],
  );
  const unnamed = roleOf(fn).reduce(unlistRole, template);
  const resources = functionBelongings(unnamed, id, written);
  const outputs = outputsOf(template, block, resources);
  const unlisted = unlistAlarms(roleOf(fn).every(role => resources.has(role)) ? unnamed : template, resources);
  requireUnused(unlisted, resources, outputs);
  const edited = removeEntries(unlisted, 'Resources', [...resources]);
  const after = outputs.length === 0 ? edited : removeEntries(edited, 'Outputs', outputs);
  const path = relative(project.folder, project.template).replaceAll(sep, '/');
  const {gone, notes} = await ownFiles(project.folder, name, fn, force);
  return {
    functionId: id,
    resources: [...resources],
    files: [
      {path, before: present.text, after: after.text},
      ...(await withoutPermissions(project.folder, roleNames(template, resources))),
      ...gone,
    ],
    notes,
  };
}

export interface RemovedFunction extends ServiceChange {
  /** The logical IDs of what goes. */
  readonly resources: readonly string[];
}

function noFunction({file, body}: Template, name: string, id: string): GearError {
  const resources = resourcesOf({body} as Template);
  const names = Object.keys(resources)
    .filter(key => resources[key]!.Type === 'AWS::Lambda::Function' && /^([A-Z][a-z\d]*)+Function$/.test(key))
    .map(key =>
      key
        .replace(/Function$/, '')
        .replace(/(?<=.)[A-Z]/g, '-$&')
        .toLowerCase(),
    );
  return new GearError(`${file} has no function ${id}, which ${name} would be`, {
    code: 'FUNCTION_UNKNOWN',
    suggestions: names.map(known => `gear remove function ${known}`),
  });
}

function roleOf({Properties}: Resource): readonly string[] {
  return referencesOf(Properties?.Role).map(({name}) => name);
}

/** The bucket that gear attached the function to no longer knows of it. */
function withoutNotification(template: Template, name: string): Template {
  const resources = resourcesOf(template);
  const {Trigger, Source: id} = resources[`${logicalPrefix(name)}Function`]?.Metadata?.Gear ?? {};
  const trigger = triggers.find(candidate => candidate.name === Trigger);
  if (trigger === undefined || id === undefined || resources[id] === undefined) return template;
  const notification = notificationOf({name, trigger, source: {id}});
  return notification === undefined ? template : removeNotification(template, notification);
}

/** What gear wrote for the function; undefined for a function that came with its service or by hand. */
async function writtenBlock(name: string, {Metadata}: Resource): Promise<FunctionBlock | undefined> {
  const {Trigger, Source, Entry} = Metadata?.Gear ?? {};
  const trigger = triggers.find(candidate => candidate.name === Trigger);
  if (trigger === undefined) return undefined;
  const source = Source === undefined ? undefined : {id: Source};
  return renderBlock({name, trigger, language: languageOfEntry(Entry), source}, {conditions: []});
}

/** The outputs that gear wrote, as far as they still say what they said. */
function outputsOf(
  template: Template,
  block: FunctionBlock | undefined,
  resources: ReadonlySet<string>,
): readonly string[] {
  const ours = Object.keys(block?.body.Outputs ?? {});
  const concerned = referrersOf(template, resources, resources).filter(({section}) => section === 'Outputs');
  return [...new Set(concerned.map(({name}) => name))].filter(name => ours.includes(name));
}

function requireUnused(template: Template, resources: ReadonlySet<string>, outputs: readonly string[]): void {
  const users = referrersOf(template, resources, resources).filter(
    ({section, name}) => section !== 'Outputs' || !outputs.includes(name),
  );
  if (users.length === 0) return;
  const lines = users.map(({section, name, refersTo, path}) => {
    return `${template.file}:${lineOf(template, path)}: ${section === 'Outputs' ? 'the output ' : ''}${name} refers to ${refersTo}`;
  });
  throw new GearError(`Something else needs what would go; nothing was changed\n${[...new Set(lines)].join('\n')}`, {
    code: 'FUNCTION_IN_USE',
    suggestions: ['take the reference away, then the same command again'],
  });
}

function roleNames(template: Template, ids: ReadonlySet<string>): readonly string[] {
  const resources = resourcesOf(template);
  const roles = [...ids].map(id => resources[id]).filter(resource => resource?.Type === 'AWS::IAM::Role');
  return roles.flatMap(role => {
    const policies = role?.Properties?.Policies;
    return Array.isArray(policies) ? policies.map(({PolicyName}: {PolicyName?: unknown}) => String(PolicyName)) : [];
  });
}

async function withoutPermissions(folder: string, roles: readonly string[]): Promise<readonly ChangedFile[]> {
  const path = 'README.md';
  if (!existsSync(join(folder, path))) return [];
  const before = await readFile(join(folder, path), 'utf8');
  const after = removePermissions(before, roles);
  return after === undefined || after === before ? [] : [{path, before, after}];
}
