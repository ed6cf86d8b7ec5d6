import {isRequired, type Shape} from '../shape.ts';

/** Properties with their names as the APIs write them that begin members in lower case; keys of maps stay. */
export function lowerCamel(shape: Shape, value: unknown): unknown {
  if (value === undefined) return undefined;
  switch (shape.kind) {
    case 'list':
      return (value as readonly unknown[]).map(entry => lowerCamel(shape.member, entry));
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, entry]) => [key, lowerCamel(shape.value, entry)]),
      );
    case 'structure':
      return Object.fromEntries(
        Object.entries(value as object).map(([name, entry]) => {
          const member = shape.members[name]!;
          return [lowerFirst(name), lowerCamel(isRequired(member) ? (member.required as Shape) : member, entry)];
        }),
      );
    default:
      return value;
  }
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
