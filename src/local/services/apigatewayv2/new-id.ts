import {randomInt} from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `a1b2c3d4e5`: an API's has ten characters, those of its parts have seven, a deployment's six. */
export function newId(length: number): string {
  return Array.from({length}, () => alphabet[randomInt(alphabet.length)]).join('');
}
