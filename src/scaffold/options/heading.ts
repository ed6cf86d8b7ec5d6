/** The line above a group of resources, as wide as those of the templates. */
export function heading(title: string): string {
  return `# ${title.padStart(115, '-').replace(title, ` ${title}`).slice(1)}`;
}
