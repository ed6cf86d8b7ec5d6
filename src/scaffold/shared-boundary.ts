import type {Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import {lineEnd} from '../cloudformation/section.ts';
import {valueAt} from '../cloudformation/value-at.ts';
import {resourcesOf} from './template-resources.ts';

/**
 * The permissions boundary that every function of a template has, as text for a new role; undefined where there is
 * none, or where they differ.
 */
export function sharedBoundary(template: Template): string | undefined {
  const places = boundaryPlaces(template);
  const [first] = places;
  if (first === undefined) return undefined;
  const values = places.map(place => valueAt(template.body, place));
  const [value] = values;
  if (value === undefined || values.some(other => JSON.stringify(other) !== JSON.stringify(value))) return undefined;
  const {start, end, keyStart = start} = template.rangeOf(first)!;
  const line = template.text.slice(keyStart, lineEnd(template.text, keyStart));
  const [, written] = /^PermissionsBoundary: +(?![|>&])([^#]*[^#\s])/.exec(line) ?? [];
  // What its author wrote in one line is written so again; the rest reads the same as JSON.
  const whole = template.text.slice(start, end).trimEnd();
  return written !== undefined && !whole.includes('\n') && written.endsWith(whole) ? written : JSON.stringify(value);
}

/** Where the boundary of each function stands, or would stand. */
function boundaryPlaces(template: Template): readonly (readonly string[])[] {
  const resources = resourcesOf(template);
  const paths = Object.entries(resources).flatMap(([id, {Type, Properties = {}}]) => {
    if (Type !== 'AWS::Lambda::Function' && Type !== 'AWS::Serverless::Function') return [];
    const roles = referencesOf(Properties.Role).filter(({name}) => resources[name]?.Type === 'AWS::IAM::Role');
    if (roles.length > 0) return roles.map(({name}) => ['Resources', name, 'Properties', 'PermissionsBoundary']);
    if (Type === 'AWS::Lambda::Function' || Properties.Role !== undefined) return [];
    return Properties.PermissionsBoundary === undefined
      ? [['Globals', 'Function', 'PermissionsBoundary']]
      : [['Resources', id, 'Properties', 'PermissionsBoundary']];
  });
  return paths;
}
