import type {Origin} from '../../model/origin.ts';
import {conditionHolds} from './conditions.ts';
import {type Environment, record} from './intrinsics.ts';
import {mergeValues} from './merge-values.ts';
import {type Value, valueAt} from './value.ts';

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** A property, together with what the Globals section of SAM says. */
  property(name: string): Value;
  readonly properties: Value;
  readonly metadata: Value;
  /** SAM's connectors of which it is the source. */
  readonly connectors: Value;
  readonly origin: Origin;
}

/** The resources that a deployment would create; one whose condition cannot be told is among them. */
export function templateResources(environment: Environment): readonly TemplateResource[] {
  const resources = record(environment.template.body.Resources);
  return Object.entries(resources).flatMap(([logicalId, raw]) => {
    const {Type: type, Condition: condition} = record(raw);
    if (typeof type !== 'string') return [];
    if (typeof condition === 'string' && conditionHolds(condition, environment) === false) return [];
    const value = valueAt(raw, ['Resources', logicalId], environment);
    const properties = value.at('Properties');
    const globals = globalsFor(type, environment);
    return [
      {
        logicalId,
        type,
        properties,
        metadata: value.at('Metadata'),
        origin: value.origin,
        connectors: value.at('Connectors'),
        property(name: string) {
          const own = properties.at(name);
          // Most templates have no Globals.
          return own.exists && !globals.exists ? own : mergeValues(globals.at(name), own);
        },
      },
    ];
  });
}

function globalsFor(type: string, environment: Environment): Value {
  const section = type === 'AWS::Serverless::Function' ? 'Function' : 'none';
  return valueAt(environment.template.body.Globals, ['Globals'], environment).at(section);
}
