import type {Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import {GearError} from '../errors.ts';

/** A refused change set comes without a line: the error with that of what it names, where it names something. */
export function withTemplateLine(error: unknown, template: Template): unknown {
  if (!(error instanceof GearError) || !['AWS_ERROR', 'CHANGE_SET_FAILED'].includes(error.code)) return error;
  const path = namedPath(error.message, template);
  const origin = path && template.originOf(path);
  if (origin === undefined || !('line' in origin)) return error;
  const {code, suggestions, exit, cause} = error;
  return new GearError(`${origin.file}:${origin.line}:${origin.column}: ${withPlaces(error.message, template)}`, {
    code,
    suggestions,
    exit,
    cause,
  });
}

/** Early validation names places by JSON pointers. */
const pointer = /\/Resources(?:\/\w+)+/;

function withPlaces(message: string, template: Template): string {
  return message.replaceAll(new RegExp(pointer, 'g'), path => {
    const origin = template.originOf(partsOf(path));
    return 'line' in origin ? `${origin.file}:${origin.line}:${origin.column}` : path;
  });
}

function partsOf(path: string): readonly (string | number)[] {
  return (path.match(/[^./[\]]+/g) ?? []).map(part => (/^\d+$/.test(part) ? Number(part) : part));
}

/** A property by its path, a reference to what does not exist, or a resource by its logical ID. */
function namedPath(message: string, {body}: Template): readonly (string | number)[] | undefined {
  const [property] = /Resources\.[A-Za-z0-9]+(?:\.[A-Za-z0-9:]+|\[\d+\])+/.exec(message) ?? pointer.exec(message) ?? [];
  if (property !== undefined) return partsOf(property);
  const words = new Set(message.match(/[A-Za-z0-9]+/g));
  const resources = (body.Resources ?? {}) as object;
  const unresolved = /Unresolved resource dependencies|undefined resource/.test(message);
  if (unresolved)
    return referencesOf(resources, ['Resources']).find(({name}) => words.has(name) && !(name in resources))?.path;
  const id = Object.keys(resources).find(name => words.has(name));
  return id === undefined ? undefined : ['Resources', id];
}
