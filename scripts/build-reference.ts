// The reference pipelines, rendered and bundled, so that `gear deploy ingestion --local` needs nothing but gear.
import {mkdir, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {bundleFunction} from '../src/bundle/bundle-function.ts';
import {gearModules} from '../src/bundle/gear-modules.ts';
import {parseTemplate} from '../src/cloudformation/parse.ts';
import {localFunctions} from '../src/deploy/package-functions.ts';
import {renderService} from '../src/scaffold/render-service.ts';
import {templates} from '../src/scaffold/templates.ts';

const target = fileURLToPath(new URL('../dist/reference', import.meta.url));

for (const {name} of templates) {
  const folder = join(target, name);
  await rm(folder, {recursive: true, force: true});
  const files = await renderService({template: name, language: 'typescript', name});
  for (const {path, contents} of files) {
    await mkdir(dirname(join(folder, path)), {recursive: true});
    await writeFile(join(folder, path), contents);
  }
  const template = parseTemplate(files.find(({path}) => path === 'template.yaml')!.contents, 'template.yaml');
  for (const {code, entry} of localFunctions(template))
    await bundleFunction({folder, entry: entry!, output: code, fallbackModules: gearModules()});
  // What was bundled is all that a deployment reads; the service's .gitignore would keep it out of gear's package.
  for (const path of ['src', 'test', 'events', '.github', '.gitignore'])
    await rm(join(folder, path), {recursive: true, force: true});
}
