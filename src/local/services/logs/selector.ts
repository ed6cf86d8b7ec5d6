import {invalidPattern} from './invalid-pattern.ts';

/** The value of a property, or undefined where there is none. */
export type Selector = (json: object) => unknown;

const stepPattern = /\.?\[['"](?<quoted>[^'"\]]+)['"]\]|\[(?<index>\d+)\]|\.(?<name>[\w@:/-]+)/y;

/** `$.user.tags[0]`, `$.['key with spaces']`. */
export function parseSelector(text: string): Selector {
  const steps: (string | number)[] = [];
  stepPattern.lastIndex = 1;
  while (stepPattern.lastIndex < text.length) {
    const groups = stepPattern.exec(text)?.groups;
    if (groups === undefined) throw invalidPattern(`${text} is not a property`);
    steps.push(groups.index === undefined ? (groups.quoted ?? groups.name)! : Number(groups.index));
  }
  if (!text.startsWith('$') || steps.length === 0) throw invalidPattern(`${text} is not a property`);
  return json => steps.reduce<unknown>((value, step) => descend(value, step), json);
}

function descend(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== (typeof step === 'number'))
    return undefined;
  return Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined;
}
