import type {Template} from '../../cloudformation/parse.ts';
import type {PermissionRow} from '../permission-rows.ts';
import type {RenderedFile} from '../render-service.ts';
import type {Resource} from '../template-resources.ts';
import type {ServiceFunction} from './functions-of.ts';

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
  /**
   * What a function takes over that is added to a template, of whose functions gear wrote `written`; undefined where
   * these do not have it, and a sentence where it is theirs alone.
   */
  takeOver?(template: Template, written: readonly Resource[]): TakenOver | string | undefined;
  /** The template where it no longer names a role for the sake of this option. */
  unlist?(template: Template, role: string): Template;
}

/** The option, for single functions. */
export interface TakenOver {
  /** The template in which these functions have what the option gives. */
  give(template: Template, functions: readonly ServiceFunction[]): Template;
  /** The lines of the README that tell of it. */
  rows(fn: ServiceFunction): readonly PermissionRow[];
  /** The template that names the role where it names those of all functions. */
  list?(template: Template, role: string): Template;
}

/** A service before it is written. */
export interface ServiceDraft {
  readonly name: string;
  readonly language: string;
  readonly files: readonly RenderedFile[];
}
