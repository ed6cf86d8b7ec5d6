import type {Fixer} from '../fix.ts';
import {noSuchPlace, propertiesOf} from '../properties-of.ts';

/** A year: as safe as a retention can be, and an author who wants less has a line to change. */
const days = 365;

export const fixLogsKeptForever: Fixer = ({resource, function: fn}, {template}) => {
  if (resource === fn)
    return {cannot: 'the log group may be there already, made by Lambda, and a stack cannot make it again'};
  const properties = propertiesOf(resource, template);
  if (properties === undefined) return noSuchPlace;
  return {
    what: `${resource} keeps its logs for ${days} days; what is older goes`,
    edits: [{set: [...properties, 'RetentionInDays'], value: days}],
  };
};
