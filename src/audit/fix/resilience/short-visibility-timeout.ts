import type {Fixer} from '../fix.ts';
import {isWrittenOut, noSuchPlace, notWrittenOut, propertiesOf} from '../properties-of.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const longest = 43_200;

export const fixShortVisibilityTimeout: Fixer = ({resource, evidence}, {template}) => {
  const properties = propertiesOf(resource, template);
  if (properties === undefined) return noSuchPlace;
  const set = [...properties, 'VisibilityTimeout'];
  const needed = Number(evidence.needed);
  if (!isWrittenOut(set, template)) return notWrittenOut('VisibilityTimeout');
  if (needed > longest)
    return {cannot: `SQS hides a message for ${longest} s at most: shorten the timeout of the function`};
  return {what: `${resource} hides a message for ${needed} s`, edits: [{set, value: needed}]};
};
