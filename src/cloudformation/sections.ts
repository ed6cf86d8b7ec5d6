import {GearError} from '../errors.ts';
import {asText} from '../model/as-text.ts';
import {isObject} from '../model/is-object.ts';
import type {Template} from './parse.ts';

/** A template's sections, each checked for its form and for members that CloudFormation does not know. */
export interface Sections {
  readonly description?: string;
  /** Names of macros, `AWS::Serverless-2016-10-31`. */
  readonly transforms: readonly string[];
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly mappings: ReadonlyMap<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
  readonly hasRules: boolean;
  readonly hasHooks: boolean;
}

export interface ParameterDeclaration {
  readonly type: string;
  readonly default?: string;
  readonly description?: string;
  readonly noEcho: boolean;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly constraintDescription?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
}

export interface ResourceDeclaration {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  readonly metadata?: unknown;
  /** CreationPolicy and UpdatePolicy, when present. */
  readonly policies: Readonly<Record<string, unknown>>;
}

interface OutputDeclaration {
  readonly value: unknown;
  readonly description?: string;
  readonly exportName?: unknown;
  readonly condition?: string;
}

const sectionNames = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Hooks',
  'Resources',
  'Outputs',
];

/** Throws GearError TEMPLATE_INVALID with AWS's sentence. With `mayGrow`, a macro may still bring resources. */
export function readSections({body}: Pick<Template, 'body'>, {mayGrow = false} = {}): Sections {
  const strangers = Object.keys(body).filter(name => !sectionNames.includes(name));
  if (strangers.length > 0) throw invalid(`Invalid template property or properties [${strangers.join(', ')}]`);
  const resources = section(body, 'Resources');
  if (resources.length === 0 && !mayGrow)
    throw invalid('Template format error: At least one Resources member must be defined.');
  const transform = body.Transform;
  return {
    ...optional('description', textOf(body.Description, 'Description')),
    transforms: transform === undefined ? [] : (Array.isArray(transform) ? transform : [transform]).map(transformName),
    parameters: new Map(section(body, 'Parameters').map(([name, value]) => [name, parameter(name, value)])),
    mappings: new Map(section(body, 'Mappings').map(([name, value]) => [name, mapping(name, value)])),
    conditions: new Map(section(body, 'Conditions')),
    resources: new Map(resources.map(([name, value]) => [name, resource(name, value)])),
    outputs: new Map(section(body, 'Outputs').map(([name, value]) => [name, output(name, value)])),
    hasRules: body.Rules !== undefined,
    hasHooks: body.Hooks !== undefined,
  };
}

function section(body: Readonly<Record<string, unknown>>, name: string): [string, unknown][] {
  const value = body[name];
  if (value === undefined || value === null) return [];
  if (!isObject(value)) throw invalid(`Template format error: ${name} must be a map.`);
  return Object.entries(value).map(([key, entry]) => {
    if (key.startsWith('Fn::ForEach::') && [body.Transform].flat().includes('AWS::LanguageExtensions'))
      throw invalid(`Template error: gear does not carry out Fn::ForEach (${name}.${key})`);
    if (name !== 'Mappings' && !/^[A-Za-z0-9]{1,255}$/.test(key))
      throw invalid(`Template format error: ${name} name ${key} is non alphanumeric.`);
    return [key, entry];
  });
}

function transformName(transform: unknown): string {
  if (typeof transform === 'string') return transform;
  return isObject(transform) ? asText(transform.Name) : asText(transform);
}

function parameter(name: string, value: unknown): ParameterDeclaration {
  const members = checkedMembers(`Parameters.${name}`, value, [
    'Type',
    'Default',
    'Description',
    'NoEcho',
    'AllowedValues',
    'AllowedPattern',
    'ConstraintDescription',
    'MinLength',
    'MaxLength',
    'MinValue',
    'MaxValue',
  ]);
  const where = `Parameters.${name}`;
  const type = textOf(members.Type, `${where}.Type`);
  if (type === undefined) throw invalid(`Template format error: Every Parameters object must contain a Type member.`);
  return {
    type,
    noEcho: members.NoEcho === true || members.NoEcho === 'true',
    ...optional('default', textOf(members.Default, `${where}.Default`)),
    ...optional('description', textOf(members.Description, `${where}.Description`)),
    ...optional('allowedValues', texts(members.AllowedValues, `${where}.AllowedValues`)),
    ...optional('allowedPattern', textOf(members.AllowedPattern, `${where}.AllowedPattern`)),
    ...optional('constraintDescription', textOf(members.ConstraintDescription, `${where}.ConstraintDescription`)),
    ...optional('minLength', numberOf(members.MinLength, `${where}.MinLength`)),
    ...optional('maxLength', numberOf(members.MaxLength, `${where}.MaxLength`)),
    ...optional('minValue', numberOf(members.MinValue, `${where}.MinValue`)),
    ...optional('maxValue', numberOf(members.MaxValue, `${where}.MaxValue`)),
  };
}

function mapping(name: string, value: unknown): Record<string, Record<string, unknown>> {
  if (!isObject(value) || !Object.values(value).every(isObject))
    throw invalid(`Template format error: Every Mappings attribute must be a map of maps (${name} is not).`);
  return value as Record<string, Record<string, unknown>>;
}

function resource(logicalId: string, value: unknown): ResourceDeclaration {
  const where = `Resources.${logicalId}`;
  const members = checkedMembers(where, value, [
    'Type',
    'Properties',
    'DependsOn',
    'Condition',
    'DeletionPolicy',
    'UpdateReplacePolicy',
    'Metadata',
    'CreationPolicy',
    'UpdatePolicy',
  ]);
  const {Type, Properties = {}, DependsOn, Metadata, CreationPolicy, UpdatePolicy} = members;
  if (typeof Type !== 'string')
    throw invalid('Template format error: Every Resources object must contain a Type member.');
  if (Properties !== null && !isObject(Properties))
    throw invalid(`Template format error: ${where}.Properties must be a map.`);
  return {
    logicalId,
    type: Type,
    properties: Properties ?? {},
    dependsOn: typeof DependsOn === 'string' ? [DependsOn] : (texts(DependsOn, `${where}.DependsOn`) ?? []),
    ...optional('condition', textOf(members.Condition, `${where}.Condition`)),
    ...optional('deletionPolicy', textOf(members.DeletionPolicy, `${where}.DeletionPolicy`)),
    ...optional('updateReplacePolicy', textOf(members.UpdateReplacePolicy, `${where}.UpdateReplacePolicy`)),
    ...optional('metadata', Metadata),
    policies: {...optional('CreationPolicy', CreationPolicy), ...optional('UpdatePolicy', UpdatePolicy)},
  };
}

function output(name: string, value: unknown): OutputDeclaration {
  const members = checkedMembers(`Outputs.${name}`, value, ['Value', 'Description', 'Export', 'Condition']);
  if (members.Value === undefined || members.Value === null)
    throw invalid(`Template format error: Output ${name} is malformed: it has no Value.`);
  const exported =
    members.Export === undefined ? {} : checkedMembers(`Outputs.${name}.Export`, members.Export, ['Name']);
  return {
    value: members.Value,
    ...optional('description', textOf(members.Description, `Outputs.${name}.Description`)),
    ...optional('exportName', exported.Name),
    ...optional('condition', textOf(members.Condition, `Outputs.${name}.Condition`)),
  };
}

function checkedMembers(where: string, value: unknown, allowed: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw invalid(`Template format error: ${where} must be a map.`);
  const stranger = Object.keys(value).find(member => !allowed.includes(member));
  if (stranger !== undefined) throw invalid(`Invalid template resource property '${stranger}' in ${where}`);
  return value;
}

function textOf(value: unknown, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') throw invalid(`Template format error: ${where} must be text.`);
  return String(value);
}

function texts(value: unknown, where: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalid(`Template format error: ${where} must be a list.`);
  return value.map(entry => textOf(entry, where) ?? '');
}

function numberOf(value: unknown, where: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (Number.isNaN(number)) throw invalid(`Template format error: ${where} must be a number.`);
  return number;
}

function optional<K extends string, V>(key: K, value: V | undefined): {[P in K]?: V} {
  return (value === undefined ? {} : {[key]: value}) as {[P in K]?: V};
}

function invalid(message: string): GearError {
  return new GearError(message, {code: 'TEMPLATE_INVALID'});
}
