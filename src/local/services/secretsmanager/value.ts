import {blob, string} from '../../shape.ts';
import type {SecretValue} from './envelope.ts';
import {invalidParameter} from './errors.ts';

export const valueMembers = {SecretString: string, SecretBinary: blob};

interface ValueInput {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** Undefined when the caller gave no value. */
export function givenValue({SecretString, SecretBinary}: ValueInput): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined)
    throw invalidParameter("You can't specify both SecretString and SecretBinary.");
  const value: SecretValue | undefined =
    SecretString !== undefined
      ? {kind: 'SecretString', bytes: Buffer.from(SecretString)}
      : SecretBinary && {kind: 'SecretBinary', bytes: SecretBinary};
  if (value !== undefined && (value.bytes.length < 1 || value.bytes.length > 65_536))
    throw invalidParameter('A secret value is 1 to 65536 bytes long.');
  return value;
}

export function shownValue({kind, bytes}: SecretValue): ValueInput {
  return kind === 'SecretString' ? {SecretString: Buffer.from(bytes).toString('utf8')} : {SecretBinary: bytes};
}
