import {readFileSync} from 'node:fs';
import {isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument} from 'yaml';
import {GearError, shownPath} from '../errors.ts';
import {nearest} from '../model/nearest.ts';

/** Keys from the top of gear.yaml, and of lists the index: `['stages', 'prod', 'region']`. */
export type KeyPath = readonly (string | number)[];

/** Makes the error for what is wrong at a place in gear.yaml; the suggestions are what was probably meant. */
export type Invalid = (what: string, at: KeyPath, suggestions?: readonly string[]) => Error;

export function invalidIn(file: string): Invalid {
  return (what, at, suggestions = []) =>
    new GearError(`${placeInGearYaml(file, at)}: ${what}`, {code: 'GEAR_YAML_INVALID', suggestions});
}

/** A key that nobody reads is a wish that nobody grants. */
export function requireKnownKeys(section: object, known: readonly string[], at: KeyPath, invalid: Invalid): void {
  const unknown = Object.keys(section).find(key => !known.includes(key));
  if (unknown === undefined) return;
  const of = at.length === 0 ? '' : ` of ${at.join('.')}`;
  const meant = nearest(unknown, known);
  throw invalid(
    `gear does not know the key ${unknown}${of}; it knows ${known.join(', ')}`,
    [...at, unknown],
    meant === undefined ? [] : [meant],
  );
}

/**
 * `orders/gear.yaml:7`, of the first of the paths that is there. Values are read without their positions, which take
 * longer, so the file is read again for a message.
 */
export function placeInGearYaml(file: string, ...paths: readonly KeyPath[]): string {
  const lines = new LineCounter();
  // Without a schema a key is the text that stands there.
  const document = parseDocument(readFileSync(file, 'utf8'), {
    lineCounter: lines,
    schema: 'failsafe',
    logLevel: 'silent',
  });
  const offset = paths.map(path => offsetOf(path, document)).find(found => found !== undefined);
  return offset === undefined ? shownPath(file) : `${shownPath(file)}:${lines.linePos(offset).line}`;
}

function offsetOf(path: KeyPath, document: ReturnType<typeof parseDocument>): number | undefined {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0];
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({key}) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined || !isScalar(pair.key)) return undefined;
      offset = pair.key.range?.[0];
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step] as {readonly range?: readonly number[]} | undefined;
      offset = item?.range?.[0];
      node = item;
    } else return undefined;
  }
  return offset;
}
