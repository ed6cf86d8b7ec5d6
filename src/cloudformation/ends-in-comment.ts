/** The line that ends at `newline`. What is joined to a comment would become part of it. */
export function endsInComment(text: string, newline: number): boolean {
  return /(^|\s)#/.test(text.slice(text.lastIndexOf('\n', newline - 1) + 1, newline));
}
