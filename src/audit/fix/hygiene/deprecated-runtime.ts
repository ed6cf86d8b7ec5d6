import {type Path, valueAt} from '../../../cloudformation/value-at.ts';
import {runtimeLifecycle} from '../../runtime-lifecycle.ts';
import type {Fixer} from '../fix.ts';
import {propertiesOf} from '../properties-of.ts';

export const fixDeprecatedRuntime: Fixer = ({resource, evidence}, {template}) => {
  const runtime = String(evidence.runtime);
  const successor = runtimeLifecycle(runtime)?.successor;
  if (successor === undefined) return {cannot: `no runtime follows ${runtime}`};
  if (/^(go|provided)/.test(runtime))
    return {cannot: `${successor} takes another artefact: build it anew, with its bootstrap`};
  const own = propertiesOf(resource, template);
  // As CloudFormation reads it: what a function says itself comes before the Globals of SAM.
  const places: readonly Path[] = [
    ...(own === undefined ? [] : [[...own, 'Runtime']]),
    ['Globals', 'Function', 'Runtime'],
  ];
  const set = places.find(path => valueAt(template.body, path) !== undefined);
  if (set === undefined || valueAt(template.body, set) !== runtime)
    return {cannot: 'its Runtime is not written out: change what it refers to'};
  return {
    what: `${set[0] === 'Globals' ? 'The functions of this template run' : `${resource} runs`} on ${successor}`,
    assumes: `The code and what it depends on run on ${successor}; its tests say whether they do.`,
    edits: [{set, value: successor}],
  };
};
