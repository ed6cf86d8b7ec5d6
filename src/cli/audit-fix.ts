import {readFileSync, writeFileSync} from 'node:fs';
import {Flags} from '@oclif/core';
import type {FixedFile} from '../audit/fix/fix-file.ts';
import {describeFileError, GearError} from '../errors.ts';
import {auditAccountFlags} from './audit-account-flags.ts';

const helpGroup = 'FIXES';

export const fixFlags = {
  fix: Flags.boolean({
    description: 'Fix in the templates what can be fixed without changing how anything runs, and audit again',
    // An account has no template to write to.
    exclusive: ['init-ci', 'explain', ...Object.keys(auditAccountFlags)],
    helpGroup,
  }),
  unsafe: Flags.boolean({
    description: 'With --fix: fix also what rests on an assumption, and say which',
    dependsOn: ['fix'],
    helpGroup,
  }),
  'dry-run': Flags.boolean({
    description: 'With --fix: show what would change and what would be left, and write nothing',
    dependsOn: ['fix'],
    helpGroup,
  }),
};

/** All files or none: a template that somebody changed since it was read is not overwritten. */
export function writeFixes(files: readonly FixedFile[]): void {
  const changed = files.filter(({before, after}) => before !== after);
  try {
    for (const {file, before} of changed)
      if (!readFileSync(file).equals(Buffer.from(before)))
        throw new GearError(`${file} changed while it was audited; no template was written`, {
          code: 'FILE_CHANGED',
          suggestions: ['gear audit --fix, once more'],
        });
    for (const {file, after} of changed) writeFileSync(file, after);
  } catch (error) {
    throw describeFileError(error);
  }
}
