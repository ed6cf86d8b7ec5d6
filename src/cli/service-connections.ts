import type {AwsClients} from '../aws/clients.ts';
import type {Project} from '../project/read-project.ts';
import {type Connected, type ConnectionFlags, connect} from './connect.ts';

export interface ServiceConnections {
  of(project: Project): Promise<Connected>;
}

type ConnectionOptions = Parameters<typeof connect>[1] & {readonly prepare?: (clients: AwsClients) => AwsClients};

/**
 * One connection for each region that services are deployed to; the embedded AWS has one. Its clients go through
 * `prepare`.
 */
export function serviceConnections(
  flags: ConnectionFlags,
  {prepare = clients => clients, ...options}: ConnectionOptions = {},
): ServiceConnections {
  const opened = new Map<string | undefined, Promise<Connected>>();
  return {
    of(project) {
      const own = inRegionOf(project, flags);
      const connected =
        opened.get(own.region) ?? connect(own, options).then(to => ({...to, clients: prepare(to.clients)}));
      opened.set(own.region, connected);
      return connected;
    },
  };
}

/** A region on the command line stands before that of gear.yaml. */
export function inRegionOf({region}: {readonly region?: string | undefined}, flags: ConnectionFlags): ConnectionFlags {
  return {...flags, region: flags.local ? undefined : (flags.region ?? region)};
}
