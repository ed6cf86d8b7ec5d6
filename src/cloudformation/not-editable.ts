import {GearError} from '../errors.ts';
import type {Template} from './parse.ts';
import type {Path} from './value-at.ts';

/** Why something of a template cannot be edited, and where it stands. */
export function notEditable({file, rangeOf, originOf}: Template, path: Path, why: string): GearError {
  const origin = rangeOf(path) && originOf(path);
  const line = origin !== undefined && 'line' in origin ? `:${origin.line}` : '';
  return new GearError(`${file}${line}: ${path.join('.')} cannot be edited line by line: ${why}`, {
    code: 'TEMPLATE_NOT_EDITABLE',
  });
}
