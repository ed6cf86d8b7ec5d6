import {Flags} from '@oclif/core';
import {GearError} from '../errors.ts';

export const stackFlag = Flags.string({
  description: 'Name of the stack; otherwise that of the service in this folder, where there is one',
  helpValue: 'NAME',
});

/** The stack that a command without a `--stack` is about: that of the service in this folder; none elsewhere. */
export async function stackHere(given: string | undefined): Promise<string | undefined> {
  if (given !== undefined) return given;
  const {readProject} = await import('../project/read-project.ts');
  try {
    return readProject('.').stack;
  } catch (error) {
    if (error instanceof GearError && error.code === 'NO_TEMPLATE') return undefined;
    throw error;
  }
}
