import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {GearError, shownPath} from '../errors.ts';
import type {Project} from '../project/read-project.ts';
import {bucketNotes, notificationOf} from './bucket-notification.ts';
import {compareService} from './compare-service.ts';
import {listAlarms} from './dashboard-alarms.ts';
import {type AddedFunction, type FunctionBlock, renderBlock} from './function-block.ts';
import {functionFiles} from './function-files.ts';
import {type FunctionLanguage, languageOfEntry} from './function-language.ts';
import {logicalPrefix} from './function-name.ts';
import {readSource} from './function-source.ts';
import {missingPackages} from './missing-packages.ts';
import {takeOver} from './options/take-over.ts';
import {addPermissions} from './permission-table.ts';
import {requirePackageName} from './python-package.ts';
import type {ChangedFile, ServiceChange} from './service-change.ts';
import {serviceLanguage} from './service-language.ts';
import {sharedBoundary} from './shared-boundary.ts';
import {spliceFunction} from './splice-function.ts';
import {lineOf, resourcesOf} from './template-resources.ts';
import type {Trigger} from './triggers.ts';

/** What adding a function would change; no files when it is there already. Nothing is written. */
export async function addFunction(project: Project, wanted: WantedFunction): Promise<AddedChange> {
  const {name, trigger, source} = wanted;
  const template = parseTemplate(await readFile(project.template, 'utf8'), shownPath(project.template));
  const id = `${logicalPrefix(name)}Function`;
  const present = resourcesOf(template)[id];
  if (present?.Type === 'AWS::Lambda::Function' && present.Metadata?.Gear?.Trigger === trigger.name) {
    const {Source, Entry} = present.Metadata.Gear;
    const written = languageOfEntry(Entry);
    if ([undefined, Source].includes(source) && [undefined, written].includes(wanted.language))
      return {functionId: id, language: written.name, entry: written.entry(name), files: [], notes: []};
  }
  const language = wanted.language ?? serviceLanguage(template);
  if (language.name === 'python') requirePackageName(name);
  const added: AddedFunction = {
    name,
    trigger,
    language,
    source: source === undefined ? undefined : readSource(template, trigger, source),
  };
  const taken = takeOver(template);
  const block = await renderBlock(added, {
    conditions: Object.keys((template.body.Conditions ?? {}) as object),
    boundary: sharedBoundary(template),
    taken,
  });
  requireFreeNames(template, block);
  const path = relative(project.folder, project.template).replaceAll(sep, '/');
  const notification = notificationOf(added);
  const join = (joined: Template) => taken.list(joined, `${logicalPrefix(name)}Role`);
  const edited = listAlarms(spliceFunction(template, block, {notification, join}), Object.keys(block.body.Resources));
  const notes = [
    ...(template.body.Outputs === undefined ? ['The template has no outputs, so none was added.'] : []),
    ...(notification === undefined ? [] : bucketNotes(template, notification)),
    ...(isShifted(template)
      ? [`${id} has no alias: unlike the others it changes all at once when it is deployed.`]
      : []),
    ...taken.notes,
  ];
  const readme = await withPermissions(project.folder, block);
  if (typeof readme === 'string') notes.push(readme);
  return {
    functionId: id,
    language: language.name,
    entry: language.entry(name),
    files: [
      {path, before: template.text, after: edited.text},
      ...(typeof readme === 'string' ? [] : [readme]),
      ...(await newFiles(project.folder, added)),
    ],
    notes: [...notes, ...(await missingPackages(project.folder, added))],
  };
}

/** Whether CodeDeploy shifts the calls of its functions to new versions. */
function isShifted(template: Template): boolean {
  return Object.values(resourcesOf(template)).some(({Type}) => Type === 'AWS::CodeDeploy::DeploymentGroup');
}

interface WantedFunction {
  readonly name: string;
  readonly trigger: Trigger;
  /** That of the service's other functions, where none is given. */
  readonly language?: FunctionLanguage | undefined;
  readonly source?: string | undefined;
}

export interface AddedChange extends ServiceChange {
  readonly language: string;
  /** The handler's file. */
  readonly entry: string;
}

function requireFreeNames(template: Template, {body}: FunctionBlock): void {
  const taken = (['Resources', 'Outputs'] as const).flatMap(section =>
    Object.keys(body[section] ?? {})
      .filter(id => template.rangeOf([section, id]) !== undefined)
      .map(id => ({id, section, line: lineOf(template, [section, id])})),
  );
  const [first] = taken;
  if (first === undefined) return;
  const what = first.section === 'Outputs' ? 'an output' : (resourcesOf(template)[first.id]?.Type ?? 'something else');
  throw new GearError(`${template.file}:${first.line}: ${first.id} is there already, ${what}; nothing was changed`, {
    code: 'NAME_TAKEN',
    suggestions: ['the same command with another name'],
  });
}

/** The README with its new rows, or why it has none. */
async function withPermissions(folder: string, {permissions}: FunctionBlock): Promise<ChangedFile | string> {
  const path = 'README.md';
  if (!existsSync(join(folder, path))) return 'There is no README.md that could list what the new role may do.';
  const before = await readFile(join(folder, path), 'utf8');
  const after = addPermissions(before, permissions);
  if (after === undefined)
    return 'README.md was left alone: it has no table with the columns Role, Statement, May, On and Why.';
  return {path, before, after};
}

async function newFiles(folder: string, {name, trigger, language}: AddedFunction): Promise<readonly ChangedFile[]> {
  const compared = await compareService(folder, await functionFiles(name, trigger.name, language));
  const inTheWay = compared.filter(({status, shared}) => status === 'differs' && !shared).map(({path}) => path);
  if (inTheWay.length > 0)
    throw new GearError(
      `${inTheWay.join(', ')} ${inTheWay.length === 1 ? 'is' : 'are'} there already, and not what would be written; nothing was changed`,
      {code: 'FILES_DIFFER', suggestions: ['the same command with another name']},
    );
  return compared.filter(({status}) => status === 'new').map(({path, contents}) => ({path, after: contents}));
}
