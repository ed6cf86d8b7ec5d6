import {GearError} from '../../errors.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import {fillReferences, settledParameters} from '../../project/output-reference.ts';
import type {Project} from '../../project/read-project.ts';
import {takenOutputs} from './service-graph.ts';

/** By service, the outputs of its stack; undefined for one that has no stack. */
export type KnownOutputs = ReadonlyMap<string, Readonly<Record<string, string>> | undefined>;

/** The parameters of gear.yaml with the outputs in them, and what is not known yet as a value that nobody can tell. */
export function knownParameters(project: Project, outputs: KnownOutputs): Readonly<Record<string, Resolvable<string>>> {
  return settledParameters(project, ({service, output}) => outputs.get(service)?.[output]);
}

/** The same, where there must be nothing left to wait for. */
export function requireParameters(project: Project, outputs: KnownOutputs): Readonly<Record<string, string>> {
  const parameters = filledParameters(project, outputs);
  if (parameters !== undefined) return parameters;
  const {parameter, service, output} = unknownOutputs(project, outputs)[0]!;
  const deployed = outputs.get(service) !== undefined;
  throw new GearError(
    `The parameter ${parameter} of ${project.service} is the output ${output} of ${service}, ${deployed ? 'whose stack has none of that name' : 'which is not deployed'}`,
    {code: 'OUTPUT_MISSING', suggestions: [`deploy ${service} first`, `--parameter ${parameter}=...`]},
  );
}

/** Undefined as long as one of them is not known. */
function filledParameters(project: Project, outputs: KnownOutputs): Readonly<Record<string, string>> | undefined {
  const filled = Object.entries(project.parameters).map(
    ([name, value]) => [name, fillReferences(value, ({service, output}) => outputs.get(service)?.[output])] as const,
  );
  return filled.every((each): each is readonly [string, string] => each[1] !== undefined)
    ? Object.fromEntries(filled)
    : undefined;
}

export function unknownOutputs(project: Project, outputs: KnownOutputs) {
  return takenOutputs(project).filter(({service, output}) => outputs.get(service)?.[output] === undefined);
}
