import {GearError} from '../errors.ts';
import {wordsOf} from './words-of.ts';

/**
 * A service's name becomes its folder, its package, its stack and the beginning of its bucket's name, whose 63
 * characters must also hold account, region and a stage.
 */
export const serviceNameRule =
  'a service name has 2 to 24 lower-case letters, digits and single hyphens, begins with a letter and does not end with a hyphen';

export function isServiceName(name: string): boolean {
  return /^[a-z](?:-?[a-z0-9])+$/.test(name) && name.length <= maximumLength && !reserved.test(name);
}

export function requireServiceName(name: string): string {
  if (isServiceName(name)) return name;
  const suggestion = suggestServiceName(name);
  throw new GearError(`${JSON.stringify(name)} cannot be a service's name: ${ruleFor(name)}`, {
    code: 'SERVICE_NAME_INVALID',
    suggestions: [`gear new service ${suggestion}`],
  });
}

/** The nearest name that follows the rule; `orders` when nothing of the given one can be kept. */
export function suggestServiceName(name: string): string {
  const joined = wordsOf(name)
    .join('-')
    .replace(/^[\d-]+/, '');
  const kept = joined.replace(reserved, '').slice(0, maximumLength).replace(/-$/, '');
  if (isServiceName(kept)) return kept;
  return isServiceName(`${kept}-service`) ? `${kept}-service` : 'orders';
}

export function ruleFor(name: string): string {
  return reserved.test(name)
    ? `S3 keeps bucket names that begin with ${reserved.exec(name)?.[0]} for itself`
    : serviceNameRule;
}

const maximumLength = 24;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const reserved = /^(?:sthree-|amzn-s3-demo-)+/;
