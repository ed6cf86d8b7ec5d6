import {GearError} from '../errors.ts';
import type {ParameterDeclaration} from './sections.ts';

/**
 * The value of every declared parameter: what was given, else its default. Throws GearError PARAMETERS_INVALID with
 * AWS's sentence when one is missing, unknown, or against its constraints.
 */
export function parameterValues(
  declarations: ReadonlyMap<string, ParameterDeclaration>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const strangers = Object.keys(given).filter(name => !declarations.has(name));
  if (strangers.length > 0) throw invalid(`Parameters: [${strangers.join(', ')}] do not exist in the template`);
  const missing = [...declarations].filter(
    ([name, {default: value}]) => !Object.hasOwn(given, name) && value === undefined,
  );
  if (missing.length > 0) throw invalid(`Parameters: [${missing.map(([name]) => name).join(', ')}] must have values`);
  const values: Record<string, string> = {};
  for (const [name, declaration] of declarations) {
    const value = Object.hasOwn(given, name) ? given[name]! : declaration.default!;
    check(name, value, declaration);
    values[name] = value;
  }
  return values;
}

/** The value as Ref sees it: a list for the list types, text otherwise. */
export function parameterReference(type: string, value: string): string | readonly string[] {
  if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) return value;
  return value === '' ? [] : value.split(',').map(entry => entry.trim());
}

function check(name: string, value: string, declaration: ParameterDeclaration): void {
  const {allowedValues, allowedPattern, minLength, maxLength, minValue, maxValue, constraintDescription} = declaration;
  const refuse = (sentence: string) =>
    invalid(
      constraintDescription === undefined
        ? sentence
        : `Parameter ${name} failed to satisfy constraint: ${constraintDescription}`,
    );
  const reference = parameterReference(declaration.type, value);
  for (const entry of typeof reference === 'string' ? [reference] : reference) {
    if (allowedValues !== undefined && !allowedValues.includes(entry))
      throw refuse(`Template error: Parameter '${name}' must be one of AllowedValues [${allowedValues.join(', ')}]`);
    if (declaration.type.includes('Number')) {
      const number = Number(entry);
      if (entry.trim() === '' || Number.isNaN(number)) throw invalid(`Parameter '${name}' must be a number.`);
      if (minValue !== undefined && number < minValue)
        throw refuse(`Template error: Parameter '${name}' must be a number not less than ${minValue}`);
      if (maxValue !== undefined && number > maxValue)
        throw refuse(`Template error: Parameter '${name}' must be a number not greater than ${maxValue}`);
    }
    if (allowedPattern !== undefined && !matches(name, allowedPattern, entry))
      throw refuse(`Template error: Parameter '${name}' must match pattern ${allowedPattern}`);
  }
  if (minLength !== undefined && value.length < minLength)
    throw refuse(`Template error: Parameter '${name}' must contain at least ${minLength} characters`);
  if (maxLength !== undefined && value.length > maxLength)
    throw refuse(`Template error: Parameter '${name}' must contain at most ${maxLength} characters`);
}

/** AWS's patterns are Java's and match the whole value. */
function matches(name: string, pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch (cause) {
    throw new GearError(`Template error: the AllowedPattern of parameter ${name} is not a regular expression`, {
      code: 'TEMPLATE_INVALID',
      cause,
    });
  }
}

function invalid(message: string): GearError {
  return new GearError(message, {code: 'PARAMETERS_INVALID'});
}
