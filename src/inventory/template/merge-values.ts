import type {Value} from './value.ts';

/**
 * A setting of SAM's Globals and a resource's own: maps are merged, lists joined, anything else is the resource's.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function mergeValues(globals: Value, own: Value): Value {
  if (!own.exists) return globals;
  if (!globals.exists || own.unresolved !== undefined || globals.unresolved !== undefined) return own;
  if (own.isMap && globals.isMap) return mergedMap(globals, own);
  return own.isList && globals.isList ? joinedList(globals, own) : own;
}

function mergedMap(globals: Value, own: Value): Value {
  const at = (key: string | number) => mergeValues(globals.at(key), own.at(key));
  const keys = () => [...new Set([...globals.entries(), ...own.entries()].map(([key]) => key))];
  const entries = () => keys().map(key => [key, at(key)] as const);
  return {
    ...membersOf(own),
    at,
    entries,
    plain: () => Object.fromEntries(entries().map(([key, value]) => [key, value.plain()])),
  };
}

function joinedList(globals: Value, own: Value): Value {
  const items = () => [...globals.items(), ...own.items()];
  return {
    ...membersOf(own),
    items,
    at: key => (typeof key === 'number' ? (items()[key] ?? own.at(key)) : own.at(key)),
    plain: () => items().map(item => item.plain()),
  };
}

/** Spreading a value itself leaves out what it can do. */
function membersOf(own: Value): Value {
  return {
    written: own.written,
    exists: own.exists,
    isMap: own.isMap,
    isList: own.isList,
    origin: own.origin,
    at: key => own.at(key),
    items: () => own.items(),
    entries: () => own.entries(),
    text: () => own.text(),
    number: () => own.number(),
    boolean: () => own.boolean(),
    plain: () => own.plain(),
  };
}
