import {type Environment, findUnresolved, noValue, resolve} from '../../cloudformation/intrinsics.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import {ServiceError} from '../service-error.ts';
import type {StackOutput} from '../services/cloudformation/model.ts';
import type {Blueprint} from './blueprint.ts';

/** The outputs whose condition holds. What is not known yet, as in a plan, is left as an empty text. */
export function resolveOutputs({sections}: Blueprint, environment: Environment): readonly StackOutput[] {
  return [...sections.outputs]
    .filter(([, {condition}]) => condition === undefined || environment.condition(condition) === true)
    .map(([key, {value, description, exportName}]) => ({
      key,
      value: outputText(key, resolve(value, environment)),
      ...(description === undefined ? {} : {description}),
      ...(exportName === undefined ? {} : {exportName: outputText(key, resolve(exportName, environment))}),
    }));
}

function outputText(key: string, value: unknown): string {
  if (isUnresolved(value) || findUnresolved(value) !== undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every(entry => typeof entry === 'string')) return value.join(',');
  throw new ServiceError(
    'ValidationError',
    `Template format error: Output ${key} is malformed: its value is ${value === noValue ? 'AWS::NoValue' : 'no text'}.`,
  );
}
