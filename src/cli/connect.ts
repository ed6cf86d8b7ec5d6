import type {AwsClients, Connection} from '../aws/clients.ts';
import type {AwsIdentity} from '../aws/identity.ts';
import type {LocalConnection} from '../local/connection.ts';
import {noteOtherVersion} from './other-version.ts';

export interface ConnectionFlags {
  readonly local?: boolean | undefined;
  readonly dir?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly 'endpoint-url'?: string | undefined;
}

/**
 * The clients that a command's flags ask for, and which account that is. `--local` is gear's own endpoint with gear's
 * own credentials whatever the environment says; the embedded AWS is started when it does not run yet.
 */
export async function connect(
  flags: ConnectionFlags,
  note: (text: string) => void,
): Promise<{clients: AwsClients; identity: AwsIdentity}> {
  const {awsClients} = await import('../aws/clients.ts');
  const {readIdentity} = await import('../aws/identity.ts');
  const clients = flags.local ? await startedLocalClients(flags.dir, note) : awsClients(flagConnection(flags));
  return {clients, identity: await readIdentity(clients)};
}

async function startedLocalClients(dir: string | undefined, note: (text: string) => void): Promise<AwsClients> {
  const {ensureLocalCloud} = await import('../local/connection.ts');
  const {cloud, started} = await ensureLocalCloud(dir);
  if (started) note(`Started the embedded AWS at ${cloud.endpoint}; gear local stop ends it`);
  else await noteOtherVersion(cloud, note);
  return localClients(cloud);
}

/** As the developer of a cloud that runs. */
export async function localClients({
  endpoint,
  region,
  accessKeyId,
  secretAccessKey,
}: LocalConnection): Promise<AwsClients> {
  const {awsClients} = await import('../aws/clients.ts');
  return awsClients({endpoint, region, credentials: {accessKeyId, secretAccessKey}});
}

function flagConnection({region, profile, 'endpoint-url': endpoint}: ConnectionFlags): Connection {
  return {
    ...(region === undefined ? {} : {region}),
    ...(profile === undefined ? {} : {profile}),
    ...(endpoint === undefined ? {} : {endpoint}),
  };
}
