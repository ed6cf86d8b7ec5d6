import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseTemplate} from '../../cloudformation/parse.ts';
import {GearError, shownPath} from '../../errors.ts';
import {nearest} from '../../model/nearest.ts';
import {type KeyPath, placeInGearYaml} from '../../project/gear-yaml.ts';
import {outputReferences} from '../../project/output-reference.ts';
import type {Project} from '../../project/read-project.ts';

/** A service and those whose deployment it waits for. */
export interface ServiceNode {
  readonly project: Project;
  /** By name: `dependsOn`, and the services whose outputs it takes. */
  readonly waitsFor: readonly string[];
}

/** The services in an order in which each one stands behind those that it waits for. Throws for a circle and for what is not there. */
export function orderServices(projects: readonly Project[]): readonly ServiceNode[] {
  for (const project of projects) requireServices(project, projects);
  const nodes = new Map(projects.map(project => [project.service, nodeOf(project)]));
  const ordered = new Set<ServiceNode>();
  const visit = (name: string, path: readonly string[]) => {
    const node = nodes.get(name)!;
    if (ordered.has(node)) return;
    if (path.includes(name)) throw circle([...path.slice(path.indexOf(name)), name]);
    for (const before of node.waitsFor) visit(before, [...path, name]);
    ordered.add(node);
  };
  for (const name of nodes.keys()) visit(name, []);
  return [...ordered];
}

/** The same services for their deletion: each one behind those that waited for it, and waiting for them. */
export function dependentsFirst(nodes: readonly ServiceNode[]): readonly ServiceNode[] {
  const waitingFor = (name: string) =>
    nodes.filter(({waitsFor}) => waitsFor.includes(name)).map(({project}) => project.service);
  return nodes.map(({project}) => ({project, waitsFor: waitingFor(project.service)})).reverse();
}

/** Those that take an output of one of `names`, directly or not. */
export function takers(nodes: readonly ServiceNode[], names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  // In the nodes' order whoever is taken from comes first.
  for (const {project} of nodes)
    if (takenOutputs(project).some(({service}) => names.includes(service) || found.has(service)))
      found.add(project.service);
  return [...found];
}

function nodeOf(project: Project): ServiceNode {
  const taken = takenOutputs(project).map(({service}) => service);
  return {project, waitsFor: [...new Set([...project.dependsOn, ...taken])]};
}

/** Every service that it names is there, and has the outputs that it takes. */
export function requireServices(project: Project, projects: readonly Project[]): void {
  const named = [
    ...project.dependsOn.map((service, index) => ({service, where: 'dependsOn', at: [['dependsOn', index]]})),
    ...takenOutputs(project).map(({service, parameter}) => ({
      service,
      where: `the parameter ${parameter}`,
      at: placesOf(parameter, project),
    })),
  ];
  const missing = named.find(each => projects.every(({service}) => service !== each.service));
  if (missing !== undefined) {
    const {service, where, at} = missing;
    const names = projects.map(each => each.service);
    const meant = nearest(service, names);
    throw new GearError(`${placeIn(project, at)}: there is no service ${service}, which ${where} names`, {
      code: 'UNKNOWN_SERVICE',
      suggestions: [...(meant === undefined ? [] : [meant]), `the services here are ${names.join(', ')}`],
    });
  }
  requireOutputs(project, projects);
}

/** Parameters that are outputs of other services. */
export function takenOutputs({parameters}: Project) {
  return Object.entries(parameters).flatMap(([parameter, value]) =>
    outputReferences(value).map(reference => ({parameter, ...reference})),
  );
}

function requireOutputs(project: Project, projects: readonly Project[]): void {
  for (const {parameter, service, output} of takenOutputs(project)) {
    const producer = projects.find(each => each.service === service)!;
    const outputs = outputNames(producer);
    if (outputs === undefined || outputs.includes(output)) continue;
    throw new GearError(
      `${placeIn(project, placesOf(parameter, project))}: ${shownPath(producer.template)} has no output ${output}, which the parameter ${parameter} takes from ${service}`,
      {
        code: 'UNKNOWN_OUTPUT',
        suggestions: [outputs.length === 0 ? `${service} has no outputs` : `it has ${outputs.join(', ')}`],
      },
    );
  }
}

/** Undefined when only CloudFormation knows: a transform or a loop can make more. */
function outputNames({template}: Project): readonly string[] | undefined {
  const {body} = parseTemplate(readFileSync(template, 'utf8'), shownPath(template));
  const names = Object.keys((body.Outputs as object | null | undefined) ?? {});
  return 'Transform' in body || names.some(name => name.startsWith('Fn::')) ? undefined : names;
}

function circle(path: readonly string[]): GearError {
  return new GearError(`The services wait for each other in a circle: ${path.join(' -> ')}`, {
    code: 'SERVICE_CIRCLE',
    suggestions: [`take one out of dependsOn or the parameters in ${path[0]}’s gear.yaml`],
  });
}

/** The value of a stage stands before that of all. */
function placesOf(parameter: string, {stage}: Project): readonly KeyPath[] {
  return [...(stage === undefined ? [] : [['stages', stage, 'parameters', parameter]]), ['parameters', parameter]];
}

function placeIn({folder}: Project, at: readonly KeyPath[]): string {
  return placeInGearYaml(join(folder, 'gear.yaml'), ...at);
}
