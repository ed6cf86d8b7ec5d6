import type {Template} from '../../cloudformation/parse.ts';
import {type Path, valueAt} from '../../cloudformation/value-at.ts';

/** Where the properties stand of what a finding names: a logical ID, or `Ingest.QueueEvent` for an event of SAM. */
export function propertiesOf(resource: string, {body}: Template): Path | undefined {
  const [owner = '', event] = resource.split('.');
  const path = event === undefined ? ['Resources', owner] : ['Resources', owner, 'Properties', 'Events', event];
  return valueAt(body, path) === undefined ? undefined : [...path, 'Properties'];
}

/** Whether the value may be replaced: none, or one that is written out. What a parameter says is changed there. */
export function isWrittenOut(path: Path, {body}: Template): boolean {
  const value = valueAt(body, path);
  return typeof value !== 'object' || value === null;
}

/** A logical ID that is not taken. */
export function freeName(wanted: string, {body}: Template): string {
  const taken = new Set(Object.keys((body.Resources ?? {}) as object));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}

export const noSuchPlace = {cannot: 'what it is about is not written in this template'};

export function notWrittenOut(member: string): {readonly cannot: string} {
  return {cannot: `its ${member} is an intrinsic function: change what that refers to`};
}
