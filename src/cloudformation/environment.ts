import {GearError} from '../errors.ts';
import type {Resolvable} from '../model/resolvable.ts';
import {type Environment, evaluateCondition} from './intrinsics.ts';
import {parameterReference} from './parameters.ts';
import type {Sections} from './sections.ts';

export interface EnvironmentOptions {
  readonly sections: Sections;
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  readonly pseudo: PseudoParameters;
  /** Ref and attributes of a resource that the template declares; undefined when it has no such attribute. */
  ref(logicalId: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  importValue(name: string): unknown;
}

interface PseudoParameters {
  readonly accountId: string;
  readonly region: string;
  /** `aws` unless said. */
  readonly partition?: string;
  readonly stackName: string;
  readonly stackId: string;
}

/** What the names of a template stand for, once parameters are given and somebody knows its resources. */
export function templateEnvironment(options: EnvironmentOptions): Environment {
  const {sections, parameters, pseudo} = options;
  const pseudoParameters: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': pseudo.accountId,
    'AWS::Region': pseudo.region,
    'AWS::Partition': pseudo.partition ?? 'aws',
    'AWS::StackName': pseudo.stackName,
    'AWS::StackId': pseudo.stackId,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': [],
  };
  const truths = new Map<string, Resolvable<boolean> | 'evaluating'>();
  const environment: Environment = {
    ref(name) {
      if (Object.hasOwn(pseudoParameters, name)) return pseudoParameters[name];
      const parameter = sections.parameters.get(name);
      if (parameter !== undefined) {
        const value = parameters[name];
        return typeof value === 'string' ? parameterReference(parameter.type, value) : value;
      }
      return sections.resources.has(name) ? options.ref(name) : undefined;
    },
    getAtt: (logicalId, attribute) =>
      sections.resources.has(logicalId) ? options.getAtt(logicalId, attribute) : undefined,
    condition(name) {
      const known = truths.get(name);
      if (known === 'evaluating') throw invalid(`Template error: condition ${name} depends on itself`);
      if (known !== undefined) return known;
      if (!sections.conditions.has(name))
        throw invalid(`Template format error: Unresolved condition dependency ${name}`);
      truths.set(name, 'evaluating');
      const truth = evaluateCondition(sections.conditions.get(name), environment);
      truths.set(name, truth);
      return truth;
    },
    findInMap(map, first, second) {
      const mapping = sections.mappings.get(map);
      const row = mapping !== undefined && Object.hasOwn(mapping, first) ? mapping[first] : undefined;
      return row !== undefined && Object.hasOwn(row, second) ? row[second] : undefined;
    },
    importValue: options.importValue,
    availabilityZones: region => ['a', 'b', 'c'].map(zone => `${region}${zone}`),
  };
  return environment;
}

function invalid(message: string): GearError {
  return new GearError(message, {code: 'TEMPLATE_INVALID'});
}
