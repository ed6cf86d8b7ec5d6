import {ServiceError} from '../service-error.ts';
import {propertyProblems} from './check-template.ts';
import {type DynamicReference, mapStrings, referencePattern, splitReference} from './dynamic-reference.ts';
import {decodeProperties, type PropertyProblem} from './properties.ts';
import type {ResourceContext, ResourceType} from './resource-type.ts';

/**
 * Properties with what `{{resolve:...}}` refers to in its place, looked up as whoever deploys. Only the handler gets
 * them: the stack's record, its events and change sets keep the reference, so that no secret ends up there.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export async function filledIn<Properties>(
  type: ResourceType<Properties>,
  properties: Properties,
  context: ResourceContext,
): Promise<Properties> {
  const values = new Map<string, string>();
  mapStrings(properties, text => {
    for (const [reference] of text.matchAll(referencePattern)) values.set(reference, '');
    return text;
  });
  if (values.size === 0) return properties;
  for (const reference of values.keys()) values.set(reference, await lookUp(splitReference(reference), context));
  const filled = mapStrings(properties, text => text.replace(referencePattern, reference => values.get(reference)!));
  const problems: PropertyProblem[] = [];
  const decoded = decodeProperties(type.properties, filled, problems);
  if (problems.length > 0)
    throw new ServiceError('ValidationError', propertyProblems(context.logicalId, type.type, problems).join('; '));
  // The shape that it was decoded by is that of the properties.
  return decoded as Properties;
}

async function lookUp(reference: DynamicReference, context: ResourceContext): Promise<string> {
  return reference.service === 'ssm' ? parameterValue(reference, context) : secretValue(reference, context);
}

async function parameterValue(
  {name}: Extract<DynamicReference, {service: 'ssm'}>,
  context: ResourceContext,
): Promise<string> {
  const {Parameters} = await context.call<{Parameters: readonly {Type: string; Value: string}[]}>(
    'ssm',
    'GetParameters',
    {Names: [name]},
  );
  const [parameter] = Parameters;
  if (parameter === undefined)
    throw new ServiceError('ValidationError', `Parameters: [${name}] cannot be found. (Service: ssm)`);
  if (parameter.Type === 'SecureString')
    throw new ServiceError('ValidationError', `${name} is a SecureString, which {{resolve:ssm:...}} does not read.`);
  return parameter.Value;
}

async function secretValue(
  {SecretId, VersionStage, VersionId, jsonKey}: Extract<DynamicReference, {service: 'secretsmanager'}>,
  context: ResourceContext,
): Promise<string> {
  const {SecretString} = await context.call<{SecretString?: string}>('secretsmanager', 'GetSecretValue', {
    SecretId,
    VersionStage,
    VersionId,
  });
  if (SecretString === undefined)
    throw new ServiceError('ValidationError', `The secret ${SecretId} holds bytes, not a SecretString.`);
  if (jsonKey === undefined) return SecretString;
  const value = memberOf(SecretString, jsonKey);
  if (value === undefined)
    throw new ServiceError(
      'ValidationError',
      `Could not find a value associated with JSONKey ${jsonKey} in the SecretString of ${SecretId}.`,
    );
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function memberOf(text: string, key: string): unknown {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null)?.[key];
  } catch {
    return undefined;
  }
}
