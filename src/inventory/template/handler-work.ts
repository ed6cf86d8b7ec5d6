import {readFile, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import type {WorkPlace} from '../../code/handler-code.ts';
import {workInHandler} from '../../code/work-in-handler.ts';
import type {HandlerWork} from '../../model/handler-work.ts';
import type {Origin} from '../../model/origin.ts';
import {gearEntry} from './functions.ts';
import type {TemplateResource} from './resources.ts';

/** From the handler's source where it lies beside the template, or in it; undefined where it cannot be read. */
export async function readHandlerWork(
  fn: TemplateResource,
  template: Pick<PlacedTemplate, 'file' | 'text'>,
): Promise<readonly HandlerWork[] | undefined> {
  const handler = fn.property('Handler').text();
  if (typeof handler !== 'string') return undefined;
  const name = handler.slice(handler.lastIndexOf('.') + 1);
  const runtime = fn.property('Runtime').text();
  const endings = endingsOf(typeof runtime === 'string' ? runtime : '');
  const inline = fn.property('InlineCode').exists ? fn.property('InlineCode') : fn.property('Code').at('ZipFile');
  const text = inline.text();
  if (typeof text === 'string') {
    // Without a runtime nobody says what it is written in.
    if (endings.length === all.length) return undefined;
    const work = await workInHandler({file: `index${endings[0]}`, text, name});
    if (work === undefined) return undefined;
    const placed = placesInTemplate(text, inline.origin, template.text.split('\n'));
    return work.map(place => ({kind: place.kind, what: place.what, origin: placed(place)}));
  }
  for (const path of sources(fn, handler.slice(0, -name.length - 1), endings)) {
    const file = join(dirname(template.file), path);
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || !found.isFile()) continue;
    const work = await workInHandler({file, text: await readFile(file, 'utf8'), name});
    return work?.map(({kind, what, line, column}) => ({kind, what, origin: {file, line, column}}));
  }
  return undefined;
}

const javascript = ['.mjs', '.js', '.cjs', '.ts', '.mts', '.cts', '.tsx'];
const python = ['.py'];
const all = [...python, ...javascript];

function endingsOf(runtime: string): readonly string[] {
  if (runtime === '') return all;
  return runtime.startsWith('python') ? python : runtime.startsWith('nodejs') ? javascript : [];
}

/** The files that may be the handler's, relative to the template. */
function sources(fn: TemplateResource, module: string, endings: readonly string[]): readonly string[] {
  const entry = gearEntry(fn);
  if (entry !== undefined) return [entry];
  const asset = fn.metadata.at('aws:asset:path').text();
  const code = fn.type === 'AWS::Serverless::Function' ? fn.property('CodeUri') : fn.property('Code');
  // SAM takes the template's own folder where no other is named.
  const path = code.exists ? (code.isMap ? asset : code.text()) : '.';
  if (typeof path !== 'string' || /^(s3|https?):\/\//.test(path) || path.includes('${')) return [];
  return endings.flatMap(ending => {
    if (path.endsWith(ending)) return [path];
    return `${join(path, ending === '.py' ? module.replaceAll('.', '/') : module)}${ending}`;
  });
}

/** Where a place of code stands that a template has as a block of text; any other text has one place only. */
function placesInTemplate(code: string, origin: Origin, lines: readonly string[]): (place: WorkPlace) => Origin {
  if (!('line' in origin) || !/[|>][-+]?\s*$/.test(lines[origin.line - 1] ?? '')) return () => origin;
  const written = code.split('\n');
  return ({line, column}) => {
    const at = origin.line + line;
    const own = written[line - 1] ?? '';
    const margin = lines[at - 1]?.indexOf(own.trimEnd()) ?? -1;
    return margin < 0 ? origin : {file: origin.file, line: at, column: margin + column};
  };
}
