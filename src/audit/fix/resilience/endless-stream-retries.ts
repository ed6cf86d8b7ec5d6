import type {Finding} from '../../../model/finding.ts';
import type {Fixer} from '../fix.ts';
import {isWrittenOut, noSuchPlace, notWrittenOut, propertiesOf} from '../properties-of.ts';

export const fixEndlessStreamRetries: Fixer = (finding, {template, inventory}) => {
  const {resource} = finding;
  const properties = propertiesOf(resource, template);
  if (properties === undefined) return noSuchPlace;
  const member = isAboutBisecting(finding) ? 'BisectBatchOnFunctionError' : 'MaximumRetryAttempts';
  const set = [...properties, member];
  if (!isWrittenOut(set, template)) return notWrittenOut(member);
  if (isAboutBisecting(finding))
    return {
      what: `${resource} splits a batch that failed`,
      assumes: 'The function may be given the records of a failed batch again, in smaller batches.',
      edits: [{set, value: true}],
    };
  const mapping = inventory.eventSourceMappings.find(({name}) => name === resource);
  if (mapping?.onFailureDestination === undefined)
    return {cannot: 'records that are given up need an on-failure destination first, and its permission in the role'};
  return {
    what: `${resource} gives a batch up after 3 more attempts`,
    assumes: 'A failure that lasts longer than 3 attempts is not one that goes away by itself.',
    edits: [{set, value: 3}],
  };
};

function isAboutBisecting({evidence}: Finding): boolean {
  return evidence.bisectBatchOnFunctionError === false;
}
