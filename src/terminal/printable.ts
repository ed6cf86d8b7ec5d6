/**
 * Text that only says what it says. A template, an account or a log can hold characters that clear the screen, hide what
 * follows or turn the direction of a line (https://trojansource.codes): they are written as `\u001b`, which in a string
 * of JSON means the same. Lines, tabs and gear's own colours stay.
 */
export function printable(text: string): string {
  return text.replaceAll(unprintable, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Bold, dim, and the colours of `Paint`, each with what ends it. */
const ownColour = String.raw`\u001B\[(?:1|2|22|3[1-3569])m`;

const unprintable = new RegExp(String.raw`(?!${ownColour}|\r\n|[\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]`, 'gu');
