import {isDeepStrictEqual} from 'node:util';
import type {Caller} from '../caller.ts';
import type {PropertyDifference, ResourceDrift, Stack, StackResource} from '../services/cloudformation/model.ts';
import {noNotes, resourceContext} from './context.ts';
import {isAbsent} from './failure.ts';
import {resourceTypes} from './resources/index.ts';
import type {Run} from './run.ts';

/**
 * Compares what resources are with what the stack made of them, in the properties that the template gives.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export async function detectDrift(stack: Stack, caller: Caller, run: Run): Promise<readonly ResourceDrift[]> {
  const drifts: ResourceDrift[] = [];
  for (const resource of Object.values(stack.resources)) {
    const {physicalId, status} = resource;
    if (physicalId === undefined || status.startsWith('DELETE_')) continue;
    drifts.push(await driftOf({...stack, caller}, resource, physicalId, run));
  }
  return drifts;
}

async function driftOf(stack: Stack, resource: StackResource, id: string, run: Run): Promise<ResourceDrift> {
  const {logicalId, type, properties: expected, attributes} = resource;
  const drift = {logicalId, physicalId: id, type, time: run.store.now()};
  const read = resourceTypes.get(type)?.read;
  if (read === undefined) return {...drift, status: 'NOT_CHECKED', differences: []};
  try {
    const context = resourceContext(stack, resource, run, noNotes);
    const current = await read({id, properties: expected, attributes}, context);
    const names = Object.keys(expected).filter(name => name in current);
    const compared = Object.fromEntries(names.map(name => [name, expected[name]]));
    const actual = Object.fromEntries(names.map(name => [name, current[name]]));
    const differences = compare(compared, actual, '');
    return {
      ...drift,
      status: differences.length === 0 ? 'IN_SYNC' : 'MODIFIED',
      differences,
      expected: compared,
      actual,
    };
  } catch (error) {
    if (isAbsent(error)) return {...drift, status: 'DELETED', differences: []};
    throw error;
  }
}

type Properties = Readonly<Record<string, unknown>>;

/** `path` is a JSON pointer. */
function compare(expected: unknown, actual: unknown, path: string): readonly PropertyDifference[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  if (typeof expected === 'object' && typeof actual === 'object' && expected !== null && actual !== null) {
    const [before, after] = [expected as Properties, actual as Properties];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap(name => compare(before[name], after[name], `${path}/${name}`));
  }
  const kind = expected === undefined ? 'ADD' : actual === undefined ? 'REMOVE' : 'NOT_EQUAL';
  return [{path, kind, expected: valueText(expected), actual: valueText(actual)}];
}

function valueText(value: unknown): string {
  if (value === undefined) return 'null';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
