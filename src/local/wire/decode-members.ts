import {notImplemented} from '../service-error.ts';
import {isRequired, type Members, type Shape} from '../shape.ts';
import {missing, type Place, within} from './decode-text.ts';

/** The members of a structure: unknown ones are refused by name, required ones must be there. */
export function decodeMembers(
  members: Members,
  given: Iterable<readonly [name: string, value: unknown]>,
  place: Place,
  decode: (shape: Shape, value: unknown, place: Place) => unknown,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of given) {
    const shape = memberShape(members, name);
    if (shape === undefined) throw notImplemented(`${place.operation}'s ${within(place, name).path}`);
    if (value !== undefined && value !== null) result[name] = decode(shape, value, within(place, name));
  }
  checkRequired(members, result, place);
  return result;
}

export function checkRequired(members: Members, input: Readonly<Record<string, unknown>>, place: Place): void {
  for (const [name, member] of Object.entries(members))
    if (isRequired(member) && input[name] === undefined) throw missing(place, name);
}

export function memberShape(members: Members, name: string): Shape | undefined {
  if (!Object.hasOwn(members, name)) return undefined;
  const member = members[name]!;
  return isRequired(member) ? member.required : member;
}

/** The members of an input; every input is a structure. */
export function membersOf(shape: Shape): Members {
  return shape.kind === 'structure' ? shape.members : {};
}
