import {ServiceError} from '../service-error.ts';

/** `{{resolve:ssm:/orders/limit:2}}` or `{{resolve:secretsmanager:orders/token:SecretString:password}}`. */
export const referencePattern = /\{\{resolve:[^{}]*\}\}/g;

export type DynamicReference =
  | {readonly service: 'ssm' /** With its version, when one is asked for. */; readonly name: string}
  | {
      readonly service: 'secretsmanager';
      readonly SecretId: string;
      readonly jsonKey?: string | undefined;
      readonly VersionStage?: string | undefined;
      readonly VersionId?: string | undefined;
    };

/** Throws ServiceError ValidationError. */
export function splitReference(text: string): DynamicReference {
  const [service, ...rest] = text.slice('{{resolve:'.length, -2).split(':');
  if (service === 'ssm' && rest.length > 0 && rest[0] !== '') return {service, name: rest.join(':')};
  if (service !== 'secretsmanager')
    throw new ServiceError('ValidationError', `gear local does not implement the dynamic reference ${text}`);
  // An ARN has colons of its own.
  const idParts = rest[0] === 'arn' ? 7 : 1;
  const SecretId = rest.slice(0, idParts).join(':');
  const [part = 'SecretString', jsonKey, stage, id] = rest.slice(idParts);
  if (SecretId === '' || part !== 'SecretString')
    throw new ServiceError('ValidationError', `Incorrect format is used in the following dynamic reference: ${text}`);
  return {
    service,
    SecretId,
    jsonKey: jsonKey || undefined,
    VersionStage: stage || undefined,
    VersionId: id || undefined,
  };
}

/** The same value with every text in it replaced. */
export function mapStrings<T>(value: T, replace: (text: string) => string): T {
  if (typeof value === 'string') return replace(value) as T;
  if (Array.isArray(value)) return value.map(entry => mapStrings(entry, replace)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapStrings(entry, replace)])) as T;
}
