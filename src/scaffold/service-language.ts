import type {Template} from '../cloudformation/parse.ts';
import {chooseFunctionLanguage, type FunctionLanguage} from './function-language.ts';
import {type Resource, resourcesOf} from './template-resources.ts';

/** The language that most functions of a template are written in; TypeScript where there is none, or no majority. */
export function serviceLanguage(template: Template): FunctionLanguage {
  const {Globals} = template.body as {Globals?: {Function?: {Runtime?: unknown}} | null};
  const counts = {python: 0, nodejs: 0};
  for (const resource of Object.values(resourcesOf(template))) {
    const written = languageOf(resource, Globals?.Function?.Runtime);
    if (written !== undefined) counts[written]++;
  }
  return chooseFunctionLanguage(counts.python > counts.nodejs ? 'python' : 'typescript');
}

function languageOf({Type, Metadata, Properties}: Resource, usual: unknown): 'python' | 'nodejs' | undefined {
  const serverless = Type === 'AWS::Serverless::Function';
  if (Type !== 'AWS::Lambda::Function' && !serverless) return undefined;
  if (typeof Metadata?.Gear?.Entry === 'string') return Metadata.Gear.Entry.endsWith('.py') ? 'python' : 'nodejs';
  const given = Properties?.Runtime ?? (serverless ? usual : '');
  const runtime = typeof given === 'string' ? given : '';
  return runtime.startsWith('python') ? 'python' : runtime.startsWith('nodejs') ? 'nodejs' : undefined;
}
