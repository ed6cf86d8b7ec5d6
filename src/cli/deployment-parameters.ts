import {dirname} from 'node:path';
import type {Project} from '../project/read-project.ts';
import type {ServiceConnections} from './service-connections.ts';

/** The parameters of gear.yaml, those on the command line before them; outputs of other services as their stacks have them. */
export async function deploymentParameters(
  project: Project,
  given: Readonly<Record<string, string>>,
  {stage, connections}: {readonly stage: string | undefined; readonly connections: ServiceConnections},
): Promise<Readonly<Record<string, string>>> {
  const parameters = {...project.parameters, ...given};
  const {takenOutputs} = await import('../deploy/all/service-graph.ts');
  const taken = takenOutputs(project).filter(({parameter}) => given[parameter] === undefined);
  if (taken.length === 0) return parameters;
  const {findServices} = await import('../project/find-services.ts');
  const {repositoryRoot} = await import('../project/repository.ts');
  const {requireServices} = await import('../deploy/all/service-graph.ts');
  const {requireParameters} = await import('../deploy/all/service-parameters.ts');
  const {standingOutputs} = await import('../deploy/standing-outputs.ts');
  const services = findServices(repositoryRoot(project.folder) ?? dirname(project.folder), stage);
  requireServices(project, services);
  const read = services.filter(({service}) => taken.some(each => each.service === service));
  const outputs = await Promise.all(
    read.map(async each => {
      const {clients} = await connections.of(each);
      return [each.service, await standingOutputs(clients, each.stack)] as const;
    }),
  );
  const own = Object.fromEntries(Object.entries(project.parameters).filter(([name]) => given[name] === undefined));
  return {...given, ...requireParameters({...project, parameters: own}, new Map(outputs))};
}
