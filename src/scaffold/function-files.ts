import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type RenderedFile, templatesFolder} from './render-service.ts';

/** Handler, test and event of a function, below the service's folder. */
export async function functionFiles(name: string, trigger: string): Promise<readonly RenderedFile[]> {
  const folder = join(templatesFolder, 'functions', 'typescript', trigger);
  const render = async (file: string, path: string): Promise<RenderedFile> => ({
    path,
    contents: (await readFile(join(folder, file), 'utf8')).replaceAll('gear-name', name),
  });
  return Promise.all([
    render('event.json', `events/${name}.json`),
    render('handler.ts', `src/functions/${name}/handler.ts`),
    render('test.ts', `test/${name}.test.ts`),
  ]);
}
