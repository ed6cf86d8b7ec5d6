import {parse} from 'yaml';
import {nearest} from '../model/nearest.ts';
import {type Invalid, type KeyPath, requireKnownKeys} from './gear-yaml.ts';
import {requireReferences} from './output-reference.ts';

/** What gear.yaml says of a deployment, for every stage or for one of them. */
export interface DeploymentSettings {
  /** As they are written: `${orders.AlarmTopicArn}` is an output of another service. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly region?: string;
  /** Services that are deployed before this one. */
  readonly dependsOn: readonly string[];
  /** The names of those that are listed, where there are any. */
  readonly stages?: readonly string[];
}

export const deploymentKeys = ['parameters', 'region', 'dependsOn', 'stages'];

const stageKeys = ['parameters', 'region'];

/** The stage's values stand before those of all stages. A gear.yaml that lists stages knows no others. */
export function readDeploymentSettings(yaml: string, stage: string | undefined, invalid: Invalid): DeploymentSettings {
  // Without a schema every value is the text that stands there: 1.10 stays 1.10, and 007 is no number.
  const {parameters, region, dependsOn, stages} = (parse(yaml, {schema: 'failsafe', logLevel: 'error'}) ||
    {}) as Section;
  const known = mapping(stages, ['stages'], invalid);
  const each = Object.entries(known).map(
    ([name, value]) => [name, readStage(value, ['stages', name], invalid)] as const,
  );
  const own = each.find(([name]) => name === stage)?.[1];
  if (stage !== undefined && stages !== undefined && own === undefined)
    throw unknownStage(stage, Object.keys(known), invalid);
  const everywhere = region === undefined ? {} : {region: text(region, ['region'], invalid)};
  return {
    ...everywhere,
    ...own,
    parameters: {...readParameters(parameters, ['parameters'], invalid), ...own?.parameters},
    dependsOn: readNames(dependsOn, invalid),
    ...(each.length === 0 ? {} : {stages: each.map(([name]) => name)}),
  };
}

type Section = Readonly<Record<string, unknown>>;

function unknownStage(stage: string, known: readonly string[], invalid: Invalid): Error {
  const meant = nearest(stage, known);
  return invalid(
    `there is no stage ${stage}; it lists ${known.join(', ') || 'none'}`,
    ['stages'],
    meant === undefined ? [] : [`--stage ${meant}`],
  );
}

function readStage(value: unknown, at: KeyPath, invalid: Invalid) {
  const section = mapping(value, at, invalid);
  requireKnownKeys(section, stageKeys, at, invalid);
  return {
    parameters: readParameters(section.parameters, [...at, 'parameters'], invalid),
    ...(section.region === undefined ? {} : {region: text(section.region, [...at, 'region'], invalid)}),
  };
}

function readParameters(value: unknown, at: KeyPath, invalid: Invalid): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapping(value, at, invalid)).map(([key, each]) => {
      // A list is one text on CloudFormation's side, too.
      const own = [...at, key];
      if (typeof each !== 'string') throw invalid(`${own.join('.')} must be text`, own);
      requireReferences(each, own.join('.'), what => invalid(what, own));
      return [key, each];
    }),
  );
}

function readNames(value: unknown, invalid: Invalid): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid('dependsOn must be a list of services', ['dependsOn']);
  return value.map((name, index) => text(name, ['dependsOn', index], invalid));
}

/** Nothing where there is nothing: `parameters:` with all lines below it commented out. */
function mapping(value: unknown, at: KeyPath, invalid: Invalid): Section {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${at.join('.')} must be a mapping`, at);
  return value as Section;
}

function text(value: unknown, at: KeyPath, invalid: Invalid): string {
  const name = at.filter(step => typeof step === 'string').join('.');
  if (typeof value !== 'string' || value === '') throw invalid(`${name} must be text`, at);
  return value;
}
