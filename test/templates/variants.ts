import {templates} from '../../src/scaffold/templates.ts';

/** One service that gear can write: a template, in one of its languages, with one of its queues. */
export interface Variant {
  readonly template: string;
  readonly language: string;
  readonly queue: string | undefined;
  /** As a test is called. */
  readonly title: string;
}

export const variants: readonly Variant[] = templates.flatMap(({name, languages, queues}) =>
  languages.flatMap(language =>
    (queues.length === 0 ? [undefined] : queues).map(queue => ({
      template: name,
      language,
      queue,
      title: [name, ...(queue === undefined ? [] : [queue]), language].join(' '),
    })),
  ),
);

/** What takes long is done in TypeScript, and in Python as well where `GEAR_LANGUAGES=all` asks for it. */
export function isThorough(language: string): boolean {
  return language === 'typescript' || process.env.GEAR_LANGUAGES === 'all';
}
