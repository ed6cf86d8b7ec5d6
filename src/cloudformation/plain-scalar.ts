/**
 * What an unquoted scalar of YAML 1.1 means to CloudFormation, which knows no timestamps and no base 60.
 * Not `y` and `n`: the specification has them, but no reader of templates does, and `AttributeType: N` is text.
 */
export function plainScalar(text: string): string | number | boolean | null {
  // Nearly everything in a template is text, and its first letter tells.
  if (!mayBeMore.test(text)) return text;
  if (words.has(text)) return words.get(text)!;
  if (/^[-+]?0b[0-1_]+$/.test(text)) return integer(text, 2, 2);
  if (/^[-+]?0[0-7_]+$/.test(text)) return integer(text, 1, 8);
  if (/^[-+]?[0-9][0-9_]*$/.test(text)) return integer(text, 0, 10);
  if (/^[-+]?0x[0-9a-fA-F_]+$/.test(text)) return integer(text, 2, 16);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^(?:\.nan|\.NaN|\.NAN)$/.test(text)) return Number.NaN;
  if (/^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/.test(text)) return float(text);
  if (/^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/.test(text)) return float(text);
  return text;
}

const mayBeMore =
  /^(?:$|[-+.0-9~eE]|[nN](?:ull|ULL|o|O)|[tT](?:rue|RUE)|[fF](?:alse|ALSE)|[yY](?:es|ES)|[oO](?:n|N|ff|FF))/;

const spellings = (word: string) => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()];

const words = new Map<string, boolean | null>([
  ...['', '~', ...spellings('null')].map((word): [string, null] => [word, null]),
  ...['yes', 'true', 'on'].flatMap(spellings).map((word): [string, boolean] => [word, true]),
  ...['no', 'false', 'off'].flatMap(spellings).map((word): [string, boolean] => [word, false]),
]);

function integer(text: string, prefix: number, radix: number): number {
  const signed = text.startsWith('-') || text.startsWith('+');
  const value = Number.parseInt(text.slice(prefix + (signed ? 1 : 0)).replaceAll('_', ''), radix);
  return text.startsWith('-') ? -1 * value : value;
}

function float(text: string): number {
  return Number.parseFloat(text.replaceAll('_', ''));
}
