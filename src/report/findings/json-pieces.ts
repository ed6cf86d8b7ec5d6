/**
 * What `JSON.stringify(document, null, 2)` gives, a piece after the other: of a large account the whole text is as much
 * as everything that was read of it.
 */
export function* jsonPieces(document: object): Generator<string> {
  const members = Object.entries(document).filter(([, value]) => value !== undefined);
  let piece = '{';
  for (const [index, [key, value]] of members.entries()) {
    piece += `${index === 0 ? '' : ','}\n  ${JSON.stringify(key)}: `;
    if (!Array.isArray(value) || value.length === 0) {
      piece += indented(value, '  ');
      continue;
    }
    for (const [at, item] of value.entries()) {
      piece += `${at === 0 ? '[' : ','}\n    ${indented(item, '    ')}`;
      if (piece.length < enough) continue;
      yield piece;
      piece = '';
    }
    piece += '\n  ]';
  }
  yield `${piece}${members.length === 0 ? '' : '\n'}}`;
}

const enough = 65_536;

/** A line break within a text is written as `\\n`, so that every real one is between members. */
function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}
