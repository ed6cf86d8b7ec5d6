import type {Template} from '../cloudformation/parse.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Metadata?: {readonly Gear?: FunctionMetadata};
}

/** What gear writes beside a function that it adds, so that it knows it again. */
interface FunctionMetadata {
  readonly Entry?: string;
  readonly Trigger?: string;
  readonly Source?: string;
  readonly VpcReason?: string;
}

/** The line of a template on which something stands. */
export function lineOf(template: Template, path: readonly (string | number)[]): number {
  const origin = template.originOf(path);
  return 'line' in origin ? origin.line : 1;
}

/** Entries that are no resources, such as loops, are left out. */
export function resourcesOf({body}: Template): Readonly<Record<string, Resource>> {
  const entries = Object.entries((body.Resources ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, Resource] =>
        typeof entry[1] === 'object' && entry[1] !== null && 'Type' in entry[1] && typeof entry[1].Type === 'string',
    ),
  );
}
