import type {HandlerWorkKind} from '../model/handler-work.ts';

export interface HandlerCode {
  /** Its ending says the language. */
  readonly file: string;
  readonly text: string;
  /** What the file exports as the handler; in JavaScript `api.handler` is a member of the export `api`. */
  readonly name: string;
}

export interface WorkPlace {
  readonly kind: HandlerWorkKind;
  readonly what: string;
  /** Both start at 1. */
  readonly line: number;
  readonly column: number;
}
