import type {RenderedFile} from '../render-service.ts';

/** Something a service can be written with, whatever its template: an edit of the files that were rendered. */
export interface ServiceOption {
  /** The flag of `gear new service`. */
  readonly name: string;
  /** Ends a line of the help. */
  readonly summary: string;
  /** How the help calls the flag's value; a switch has none. */
  readonly value?: string;
  /** What a person is asked who chose it, where it has a value. */
  readonly question?: string;
  /** Parameters without which `gear deploy --local` would fail. */
  readonly localParameters?: readonly string[];
  /** Throws GearError USAGE for a value that cannot be meant. */
  check?(value: string): void;
  /** `value` is empty for a switch. */
  apply(service: ServiceDraft, value: string): ServiceDraft;
}

/** A service before it is written. */
export interface ServiceDraft {
  readonly name: string;
  readonly language: string;
  readonly files: readonly RenderedFile[];
}
