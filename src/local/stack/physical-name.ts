import {randomInt} from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `orders-IngestQueue-1A2B3C4D5E6F`: the parts are cut, never the random end that makes it unique. */
export function physicalName(
  stackName: string,
  logicalId: string,
  {longest, lowerCase = false}: {readonly longest: number; readonly lowerCase?: boolean},
): string {
  const random = Array.from({length: 12}, () => alphabet[randomInt(alphabet.length)]).join('');
  const space = longest - random.length - 2;
  // The logical ID says more than the stack's name, so it may take what the name leaves, and half at least.
  const stackPart = stackName.slice(0, Math.max(Math.floor(space / 2), space - logicalId.length));
  const name = `${stackPart}-${logicalId.slice(0, space - stackPart.length)}-${random}`;
  return lowerCase ? name.toLowerCase() : name;
}
