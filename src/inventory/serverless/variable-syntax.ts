/** `${opt:stage, 'dev'}`: where a value comes from, and where else when it is not there. */
export interface Variable {
  /** As written, braces included. */
  readonly text: string;
  readonly sources: readonly string[];
}

/**
 * Text in its pieces. `${AWS::Region}` and `${Queue.Arn}` are CloudFormation's own and stay text: a variable names its
 * source before a single colon, or before a bracket.
 * https://www.serverless.com/framework/docs/providers/aws/guide/variables
 */
export function variablePieces(text: string): readonly (string | Variable)[] {
  const pieces: (string | Variable)[] = [];
  let from = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', open + 2)) {
    if (!/^(?:[A-Za-z]\w*(?:\(|:(?!:)))/.test(text.slice(open + 2, open + 66))) continue;
    const inside = insideOf(text, open + 2);
    if (inside === undefined) continue;
    if (open > from) pieces.push(text.slice(from, open));
    from = open + 2 + inside.length + 1;
    pieces.push({text: text.slice(open, from), sources: inside.sources});
    open = from - 2;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** Reads to the brace that closes, with commas outside quotes, brackets and inner variables between the sources. */
function insideOf(text: string, start: number): {length: number; sources: readonly string[]} | undefined {
  const sources: string[] = [];
  let depth = 0;
  let quote = '';
  let from = start;
  for (let index = start; index < text.length; index++) {
    const character = text[index]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '{' || character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      sources.push(text.slice(from, index).trim());
      from = index + 1;
    } else if (character === '}') {
      if (depth === 0) return {length: index - start, sources: [...sources, text.slice(from, index).trim()]};
      depth -= 1;
    }
  }
  return undefined;
}

/** A fallback that is a value and not a source; undefined when it is neither text in quotes nor a plain value. */
export function literalOf(source: string): {readonly value: string | number | boolean | null} | undefined {
  const quoted = /^(['"])(.*)\1$/s.exec(source);
  if (quoted !== null) return {value: quoted[2]!};
  if (source === 'true' || source === 'false') return {value: source === 'true'};
  if (source === 'null') return {value: null};
  return /^-?\d+(\.\d+)?$/.test(source) ? {value: Number(source)} : undefined;
}
