import {subPieces} from './sub.ts';

interface Reference {
  /** A logical ID, a parameter or a pseudo parameter: whatever name stands there. */
  readonly name: string;
  /** The attribute of a GetAtt; absent for a Ref. */
  readonly attribute?: string;
  /** Where the reference stands, from the value that was given. */
  readonly path: readonly (string | number)[];
}

/** Every name that a value refers to by Ref, GetAtt or Sub, in the order of the text. Both branches of an If count. */
export function referencesOf(value: unknown, path: readonly (string | number)[] = []): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => referencesOf(entry, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value);
  if (found.length === 1) {
    const [name, operand] = found[0]!;
    const here = [...path, name];
    if (name === 'Ref' && typeof operand === 'string') return [{name: operand, path: here}];
    if (name === 'Fn::GetAtt') return getAttReferences(operand, here);
    if (name === 'Fn::Sub') return subReferences(operand, here);
  }
  return found.flatMap(([key, entry]) => referencesOf(entry, [...path, key]));
}

function getAttReferences(operand: unknown, path: readonly (string | number)[]): readonly Reference[] {
  if (typeof operand === 'string') {
    const dot = operand.indexOf('.');
    return dot < 0 ? [] : [{name: operand.slice(0, dot), attribute: operand.slice(dot + 1), path}];
  }
  if (!Array.isArray(operand) || typeof operand[0] !== 'string') return [];
  const [name, ...rest] = operand;
  if (rest.every(part => typeof part === 'string')) return [{name, attribute: rest.join('.'), path}];
  // The attribute's name may be a Ref to a parameter.
  return [{name, path}, ...referencesOf(rest, path)];
}

function subReferences(operand: unknown, path: readonly (string | number)[]): readonly Reference[] {
  const [template, variables] = Array.isArray(operand) ? operand : [operand, undefined];
  if (typeof template !== 'string') return [];
  const own = new Set(typeof variables === 'object' && variables !== null ? Object.keys(variables) : []);
  const references: Reference[] = [];
  for (const piece of subPieces(template)) {
    if (piece.kind === 'text' || own.has(piece.name)) continue;
    const dot = piece.name.indexOf('.');
    references.push(
      dot < 0 ? {name: piece.name, path} : {name: piece.name.slice(0, dot), attribute: piece.name.slice(dot + 1), path},
    );
  }
  return [...references, ...referencesOf(variables, [...path, 1])];
}
