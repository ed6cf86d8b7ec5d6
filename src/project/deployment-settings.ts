import {parse} from 'yaml';
import {requireReferences} from './output-reference.ts';

/** What gear.yaml says of a deployment, for every stage or for one of them. */
export interface DeploymentSettings {
  /** As they are written: `${orders.AlarmTopicArn}` is an output of another service. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly region?: string;
  /** Services that are deployed before this one. */
  readonly dependsOn: readonly string[];
}

export const deploymentKeys = ['parameters', 'region', 'dependsOn', 'stages'];

const stageKeys = ['parameters', 'region'];

type Invalid = (what: string) => Error;

/** The stage's values stand before those of all stages. A gear.yaml that lists stages knows no others. */
export function readDeploymentSettings(yaml: string, stage: string | undefined, invalid: Invalid): DeploymentSettings {
  // Without a schema every value is the text that stands there: 1.10 stays 1.10, and 007 is no number.
  const {parameters, region, dependsOn, stages} = (parse(yaml, {schema: 'failsafe', logLevel: 'error'}) ||
    {}) as Section;
  const known = mapping(stages, 'stages', invalid);
  const each = Object.entries(known).map(
    ([name, value]) => [name, readStage(value, `stages.${name}`, invalid)] as const,
  );
  const own = each.find(([name]) => name === stage)?.[1];
  if (stage !== undefined && stages !== undefined && own === undefined)
    throw invalid(`there is no stage ${stage}; it lists ${Object.keys(known).join(', ') || 'none'}`);
  const everywhere = region === undefined ? {} : {region: text(region, 'region', invalid)};
  return {
    ...everywhere,
    ...own,
    parameters: {...readParameters(parameters, 'parameters', invalid), ...own?.parameters},
    dependsOn: readNames(dependsOn, invalid),
  };
}

type Section = Readonly<Record<string, unknown>>;

function readStage(value: unknown, name: string, invalid: Invalid) {
  const section = mapping(value, name, invalid);
  const unknown = Object.keys(section).find(key => !stageKeys.includes(key));
  if (unknown !== undefined)
    throw invalid(`gear does not know the key ${unknown} of ${name}; it knows ${stageKeys.join(', ')}`);
  return {
    parameters: readParameters(section.parameters, `${name}.parameters`, invalid),
    ...(section.region === undefined ? {} : {region: text(section.region, `${name}.region`, invalid)}),
  };
}

function readParameters(value: unknown, name: string, invalid: Invalid): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapping(value, name, invalid)).map(([key, each]) => {
      // A list is one text on CloudFormation's side, too.
      if (typeof each !== 'string') throw invalid(`${name}.${key} must be text`);
      requireReferences(each, `${name}.${key}`, invalid);
      return [key, each];
    }),
  );
}

function readNames(value: unknown, invalid: Invalid): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid('dependsOn must be a list of services');
  return value.map(name => text(name, 'dependsOn', invalid));
}

/** Nothing where there is nothing: `parameters:` with all lines below it commented out. */
function mapping(value: unknown, name: string, invalid: Invalid): Section {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${name} must be a mapping`);
  return value as Section;
}

function text(value: unknown, name: string, invalid: Invalid): string {
  if (typeof value !== 'string' || value === '') throw invalid(`${name} must be text`);
  return value;
}
