// What a build holds besides compiled TypeScript: the Python bootstrap, which the compiler leaves out, and the reference
// pipelines, rendered and bundled, so that `gear deploy ingestion --local` needs nothing but gear.
import {copyFile, mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {bundleEntry} from '../src/bundle/bundle-entry.ts';
import {gearModules} from '../src/bundle/gear-modules.ts';
import {parseTemplate} from '../src/cloudformation/parse.ts';
import {localFunctions} from '../src/deploy/local-functions.ts';
import {renderService} from '../src/scaffold/render-service.ts';
import {templates} from '../src/scaffold/templates.ts';

const target = fileURLToPath(new URL('../dist/reference', import.meta.url));

const bootstrap = 'local/lambda/bootstrap.py';
await copyFile(new URL(`../src/${bootstrap}`, import.meta.url), new URL(`../dist/${bootstrap}`, import.meta.url));

// A template that leaves a choice of queues stands before a system of the user's: deployed alone it would do nothing.
for (const {name} of templates.filter(({queues}) => queues.length === 0)) {
  const folder = join(target, name);
  await rm(folder, {recursive: true, force: true});
  const files = await renderService({template: name, language: 'typescript', name});
  for (const {path, contents} of files) {
    await mkdir(dirname(join(folder, path)), {recursive: true});
    await writeFile(join(folder, path), contents);
  }
  const template = parseTemplate(files.find(({path}) => path === 'template.yaml')!.contents, 'template.yaml');
  for (const {code, entry, handler, runtime} of localFunctions(template))
    await bundleEntry({folder, entry: entry!, output: code, handler, runtime, fallbackModules: gearModules()});
  // A deployment reads the template and the bundles. npm would also heed a .gitignore that stays, and leave those out.
  const kept = ['template.yaml', 'gear.yaml', 'dist'];
  for (const entry of await readdir(folder))
    if (!kept.includes(entry)) await rm(join(folder, entry), {recursive: true, force: true});
}
