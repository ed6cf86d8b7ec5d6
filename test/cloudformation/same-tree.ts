import {lineCounter} from '../../src/cloudformation/line-starts.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {type Place, pathsAt} from '../../src/cloudformation/places.ts';
import {quickTree} from '../../src/cloudformation/quick-tree.ts';

/**
 * What the quick reader says otherwise than the thorough one, in words; undefined where it leaves the text to that.
 * Ends of blocks may differ by the spaces, line breaks and comments behind them, where nothing can stand.
 */
export function differences(text: string): readonly string[] | undefined {
  const tree = quickTree(text);
  if (tree === undefined) return undefined;
  const template = (() => {
    try {
      return parseTemplate(text, 't.yaml', {duplicateKeys: 'last'});
    } catch (error) {
      return error as Error;
    }
  })();
  if (template instanceof Error && isMisread(text, template)) return undefined;
  if (template instanceof Error) return [`only the thorough reader refuses it: ${template.message}`];
  const found: string[] = [];
  const offsets: number[] = [];
  if (shown(tree.value) !== shown(template.body)) found.push(`${shown(tree.value)} is not ${shown(template.body)}`);
  const lines = lineCounter(text);
  const duplicates = tree.duplicates.map(({path, offsets}) => [path, offsets.map(lines)]);
  const expected = template.duplicateKeys!.map(({path, ignored, taken}) => [
    path,
    [...ignored, taken].map(origin => ({...origin, file: undefined})),
  ]);
  if (shown(duplicates) !== shown(expected)) found.push(`${shown(duplicates)} are not ${shown(expected)}`);
  const walk = (place: Place, path: readonly string[]) => {
    const range = template.rangeOf(path);
    if (place.end > place.start) offsets.push(place.keyStart ?? place.start, place.start);
    if (range === undefined) found.push(`${path.join('/')} has no range`);
    else if (range.start !== place.start || range.keyStart !== place.keyStart)
      found.push(`${path.join('/')} stands at ${place.keyStart} ${place.start}, not ${range.keyStart} ${range.start}`);
    else if (!isBlank(text.slice(Math.min(place.end, range.end), Math.max(place.end, range.end))))
      found.push(`${path.join('/')} ends at ${place.end}, not ${range.end}`);
    for (const [key, member] of place.members?.entries() ?? []) walk(member, [...path, String(key)]);
  };
  walk(tree.place, []);
  // All of a large text would take long.
  for (const offset of offsets.filter((_, index) => index % Math.ceil(offsets.length / 20) === 0))
    if (shown(pathsAt(tree.place, offset)) !== shown(template.pathsAt(offset))) found.push(`paths at ${offset}`);
  return found;
}

/** `yaml` takes a text of several lines for a key when a comment at the margin stands above it. */
function isMisread(text: string, {message}: Error): boolean {
  return message.includes('Implicit keys need to be on a single line') && /:[ \t]*\r?\n#/.test(text);
}

/** With the order of keys, and with what JSON leaves out. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    typeof each === 'number' && (Object.is(each, -0) || !Number.isFinite(each))
      ? `number ${Object.is(each, -0) ? '-0' : each}`
      : each,
  );
}

function isBlank(text: string): boolean {
  return text.replaceAll(/#.*/g, '').trim() === '';
}
