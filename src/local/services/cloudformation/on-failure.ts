import type {OnFailure} from './model.ts';
import {invalid} from './submission.ts';

export function onFailureOf(value: string | undefined): OnFailure | undefined {
  if (value === undefined || value === 'ROLLBACK' || value === 'DELETE' || value === 'DO_NOTHING') return value;
  throw invalid(
    `1 validation error detected: Value '${value}' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [DO_NOTHING, ROLLBACK, DELETE]`,
  );
}
