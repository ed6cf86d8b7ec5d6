/** A way on which text that somebody else wrote comes into gear. */
export interface Road {
  readonly name: string;
  /** What is read without complaint, to be damaged. */
  readonly seeds: readonly string[];
  /** Of the runs that others have, where each takes long. */
  readonly share?: number;
  /** The JSON of a seed, where it is JSON or YAML; damaged, it is handed over as JSON. */
  json?(seed: string): unknown;
  /** As the command does, in a folder of its own; throws what the command would end with. */
  follow(text: string, folder: string): Promise<void> | void;
}
