import type {ResourceDrift, StackDrift} from '../deploy/detect-drift.ts';
import {counted} from '../model/counted.ts';

import {countedTypes} from './counted-types.ts';

type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>>;

export interface Drift extends StackDrift {
  /** Functions that `gear deploy --hotswap` gave other code. */
  readonly hotswapped: readonly string[];
}

export function driftText(stackName: string, drift: Drift, paint: Paint, columns?: number): string {
  const {drifted, inSync, notChecked, hotswapped} = drift;
  const unchecked =
    notChecked.length === 0
      ? []
      : [countedTypes('Not checked: ', notChecked, {columns, last: '; drift of these types is not detected'})];
  if (drifted.length + hotswapped.length === 0)
    return [`${stackName} is as its template says: ${counted(inSync, 'resource')} in sync`, ...unchecked].join('\n');
  return [
    paint.bold(`${stackName} has drifted`),
    ...drifted.flatMap(resource => driftLines(resource, paint)),
    ...hotswapped.map(name => `  ${name}  ${paint.yellow('runs code that was hotswapped')}`),
    ...unchecked,
  ].join('\n');
}

function driftLines({logicalId, type, status, differences}: ResourceDrift, paint: Paint): readonly string[] {
  return [
    `  ${logicalId}  ${paint.dim(type)}  ${status === 'DELETED' ? paint.red('is not there any more') : paint.yellow('changed')}`,
    ...differences.map(({path, kind, expected, actual}) => {
      if (kind === 'ADD') return `    ${path}: added ${clipped(actual)}`;
      if (kind === 'REMOVE') return `    ${path}: removed ${clipped(expected)}`;
      return `    ${path}: ${clipped(expected)} -> ${clipped(actual)}`;
    }),
  ];
}

const longest = 100;

function clipped(value: string): string {
  const line = value.replaceAll('\n', ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
