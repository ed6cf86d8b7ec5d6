import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {FunctionLanguage} from './function-language.ts';
import {logicalPrefix} from './function-name.ts';
import {packageName} from './python-package.ts';
import {type RenderedFile, templatesFolder} from './render-service.ts';

export interface FunctionFile extends RenderedFile {
  /** Makes its folder a package, for whatever else stands in it. */
  readonly shared: boolean;
}

/** Handler, test and event of a function, below the service's folder. */
export async function functionFiles(
  name: string,
  trigger: string,
  language: FunctionLanguage,
): Promise<readonly FunctionFile[]> {
  const render = async (file: string, path: string, shared = false): Promise<FunctionFile> => ({
    path,
    contents: (await readFile(join(templatesFolder, 'functions', file), 'utf8'))
      .replaceAll('gear-name', name)
      .replaceAll('gear_name', packageName(name))
      .replaceAll('GearName', logicalPrefix(name)),
    shared,
  });
  const files = Object.entries(language.files(name));
  const shared = Object.entries(language.shared(name));
  return Promise.all([
    render(`events/${trigger}.json`, `events/${name}.json`),
    ...files.map(([file, path]) => render(`${language.name}/${trigger}/${file}`, path)),
    ...shared.map(([file, path]) => render(`${language.name}/${file}`, path, true)),
  ]);
}
