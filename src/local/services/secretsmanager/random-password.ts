import {randomInt} from 'node:crypto';
import {boolean, type Infer, integer, string, structure} from '../../shape.ts';
import {invalidParameter} from './errors.ts';

export const passwordInput = structure({
  PasswordLength: integer,
  ExcludeCharacters: string,
  ExcludeNumbers: boolean,
  ExcludePunctuation: boolean,
  ExcludeUppercase: boolean,
  ExcludeLowercase: boolean,
  IncludeSpace: boolean,
  RequireEachIncludedType: boolean,
});

export function randomPassword(input: Infer<typeof passwordInput>): string {
  const {PasswordLength: length = 32, ExcludeCharacters: excluded = '', RequireEachIncludedType: each = true} = input;
  if (length < 1 || length > 4096) throw invalidParameter('PasswordLength can be 1 to 4096.');
  const types = [
    input.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    input.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    input.ExcludeNumbers ? '' : '0123456789',
    input.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    input.IncludeSpace ? ' ' : '',
  ]
    .map(type => [...type].filter(character => !excluded.includes(character)).join(''))
    .filter(type => type !== '');
  if (types.length === 0) throw invalidParameter('All characters of the password are excluded.');
  if (each && length < types.length)
    throw invalidParameter('The password is too short to hold a character of each included type.');
  const all = types.join('');
  const characters = each ? types.map(pick) : [];
  while (characters.length < length) characters.push(pick(all));
  return shuffled(characters).join('');
}

function pick(from: string): string {
  return from[randomInt(from.length)]!;
}

function shuffled(characters: readonly string[]): string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
