import {valueAt} from '../../../cloudformation/value-at.ts';
import type {Fixer} from '../fix.ts';
import {noSuchPlace, notWrittenOut, propertiesOf} from '../properties-of.ts';

export const fixNoPartialBatchResponse: Fixer = ({resource}, {template}) => {
  const properties = propertiesOf(resource, template);
  if (properties === undefined) return noSuchPlace;
  const set = [...properties, 'FunctionResponseTypes'];
  const present = valueAt(template.body, set) ?? [];
  if (!Array.isArray(present) || present.length > 0) return notWrittenOut('FunctionResponseTypes');
  return {
    what: `${resource} brings back only the records that failed`,
    assumes:
      'The handler answers with batchItemFailures; one that returns something else has its whole batch taken for done.',
    edits: [{set, value: ['ReportBatchItemFailures']}],
  };
};
