import {isObject} from '../../../model/is-object.ts';
export const macroKey = 'Fn::Transform';

/** `{Name: AWS::Include, Parameters: {Location: ...}}` */
export interface MacroCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Of an `Fn::Transform` or a Transform section: one, or a list of them. */
export function macroCalls(value: unknown): readonly MacroCall[] {
  if (value === undefined) return [];
  return [value].flat().map(call => {
    const {Name, Parameters} = isObject(call) ? call : {Name: call, Parameters: undefined};
    return {name: String(Name), parameters: isObject(Parameters) ? Parameters : {}};
  });
}

/** The names of the macros that stand anywhere in a value, each once. */
export function embeddedMacros(value: unknown): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(embeddedMacros))];
  if (!isObject(value)) return [];
  const own = macroCalls(value[macroKey]).map(({name}) => name);
  return [...new Set([...own, ...Object.values(value).flatMap(embeddedMacros)])];
}

export function withoutMacros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMacros);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== macroKey)
      .map(([name, member]) => [name, withoutMacros(member)]),
  );
}
