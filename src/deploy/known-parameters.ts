import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {GearError} from '../errors.ts';

/** Asked before anything is bundled or uploaded. */
export function requireKnownParameters(template: PlacedTemplate, parameters: Readonly<Record<string, unknown>>): void {
  const declared = declaredParameters(template);
  const unknown = Object.keys(parameters).find(key => !declared.includes(key));
  if (unknown === undefined) return;
  throw new GearError(`${template.file} has no parameter ${unknown}`, {
    code: 'UNKNOWN_PARAMETER',
    suggestions: declared.map(name => `--parameter ${name}=...`),
  });
}

export function declaredParameters({body}: PlacedTemplate): readonly string[] {
  return Object.keys((body.Parameters as object | null | undefined) ?? {});
}
