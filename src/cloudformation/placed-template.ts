import type {DuplicateKey} from '../model/duplicate-key.ts';
import type {Origin} from '../model/origin.ts';
import type {Path} from './value-at.ts';

/** A template as plain values, and where in the text each of them stands. */
export interface PlacedTemplate {
  /** As the user gave it. */
  readonly file: string;
  readonly text: string;
  /**
   * The document with every short intrinsic in its long form (`!Ref X` is `{Ref: 'X'}`, `!GetAtt A.B` is
   * `{'Fn::GetAtt': ['A', 'B']}`): JSON and YAML, short and long, are the same from here on.
   */
  readonly body: Readonly<Record<string, unknown>>;
  /** Where a value stands; for a path that does not exist, where its nearest ancestor does. */
  originOf(path: Path): Origin;
  /** Keys of which only the last one counts; there are none unless the reader was told to take them. */
  readonly duplicateKeys?: readonly DuplicateKey[];
  /** Files whose members are part of the body; paths are those of the whole. */
  readonly included?: readonly PlacedTemplate[];
  /** Paths of the values, keys included, that an offset is part of, the outermost first. */
  pathsAt(offset: number): readonly (readonly string[])[];
}
