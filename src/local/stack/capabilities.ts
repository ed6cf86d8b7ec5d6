import type {Sections} from '../../cloudformation/sections.ts';
import {resourceTypes} from './resources/index.ts';

/** What a template's author has to acknowledge, in AWS's words. */
export function requiredCapabilities({resources, transforms}: Sections): {
  readonly required: readonly string[];
  readonly reason?: string;
} {
  const iam = [...resources.values()].filter(({type}) => resourceTypes.get(type)?.capability !== undefined);
  const named = iam.filter(({type, properties}) => {
    const property = resourceTypes.get(type)?.nameProperty;
    return property !== undefined && properties[property] !== undefined;
  });
  const capability = named.length > 0 ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  const required = [
    ...(iam.length > 0 ? [capability] : []),
    ...(transforms.length > 0 ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ];
  if (iam.length === 0) return {required};
  const types = [...new Set(iam.map(({type}) => type))].join(', ');
  return {required, reason: `The following resource(s) require capabilities: [${types}]`};
}
