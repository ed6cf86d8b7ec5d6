import type {Fixer} from '../fix.ts';
import {isWrittenOut, noSuchPlace, notWrittenOut, propertiesOf} from '../properties-of.ts';

export const fixLowMaxReceiveCount: Fixer = ({resource}, {template}) => {
  const properties = propertiesOf(resource, template);
  if (properties === undefined) return noSuchPlace;
  const set = [...properties, 'RedrivePolicy', 'maxReceiveCount'];
  if (!isWrittenOut(set, template)) return notWrittenOut('maxReceiveCount');
  return {
    what: `${resource} gives a message up after 5 attempts`,
    assumes: 'The function may be given the same message five times.',
    edits: [{set, value: 5}],
  };
};
