import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import {GearError} from '../../errors.ts';
import type {PermissionRow} from '../permission-rows.ts';
import {addPermissions} from '../permission-table.ts';
import type {RenderedFile} from '../render-service.ts';
import type {ServiceDraft} from './option.ts';

export function editTemplate(service: ServiceDraft, edit: (template: Template) => Template): ServiceDraft {
  return editFile(service, templateFile, text => edit(parseTemplate(text, templateFile)).text);
}

export function readTemplate({files}: ServiceDraft): Template {
  return parseTemplate(files.find(({path}) => path === templateFile)!.contents, templateFile);
}

/** The rows join the table "What each role may do", each behind the last one of its role. */
export function describePermissions(service: ServiceDraft, rows: readonly PermissionRow[]): ServiceDraft {
  return editFile(service, 'README.md', readme => required(addPermissions(readme, rows), 'a table of permissions'));
}

/** A chapter at the README's end: its title without the `##`, and its text. */
export function addChapter(service: ServiceDraft, title: string, text: string): ServiceDraft {
  return editFile(service, 'README.md', readme => `${readme.trimEnd()}\n\n## ${title}\n\n${text.trim()}\n`);
}

/** In the order of the others: by path. */
export function addFiles(service: ServiceDraft, files: readonly RenderedFile[]): ServiceDraft {
  return {...service, files: [...service.files, ...files].sort((a, b) => (a.path < b.path ? -1 : 1))};
}

/** Those of the paths that the service has. */
export function editFiles(
  service: ServiceDraft,
  paths: readonly string[],
  edit: (contents: string) => string,
): ServiceDraft {
  return {
    ...service,
    files: service.files.map(({path, contents}) => ({
      path,
      contents: paths.includes(path) ? edit(contents) : contents,
    })),
  };
}

const templateFile = 'template.yaml';

function editFile(service: ServiceDraft, path: string, edit: (contents: string) => string): ServiceDraft {
  return editFiles(service, [path], edit);
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new GearError(`The template has no ${what}`, {code: 'TEMPLATE_EDIT_FAILED'});
  return value;
}
