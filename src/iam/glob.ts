/**
 * A `*` or `?` that stands for itself, as `${*}` and the value of a policy variable do. Unicode reserves these two
 * code points for internal use, so no policy and no ARN contains them.
 */
export const literalStar = '\uFDD0';
export const literalQuestionMark = '\uFDD1';

/**
 * `*` is any run of characters, also none, `?` exactly one. Linear in the pattern times the text at worst: of several
 * stars only the last needs to be retried, which is why this is no regular expression.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && matchesCharacter(pattern[p]!, text[t]!)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function matchesCharacter(pattern: string, character: string): boolean {
  if (pattern === '?' || pattern === character) return true;
  return (pattern === literalStar && character === '*') || (pattern === literalQuestionMark && character === '?');
}

/** Makes `text` a pattern that matches only itself. */
export function literal(text: string): string {
  return text.replaceAll('*', literalStar).replaceAll('?', literalQuestionMark);
}
