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

export interface Connected {
  readonly clients: AwsClients;
  readonly identity: AwsIdentity;
  /** What there is to say of the embedded AWS, once the first line has named account, region and endpoint. */
  readonly notes: readonly string[];
}

/**
 * The clients that a command's flags ask for, and which account that is. `--local` is gear's own endpoint with gear's
 * own credentials whatever the environment says; the embedded AWS is started when it does not run yet, unless
 * there would be nothing in it that the command is about.
 */
export async function connect(flags: ConnectionFlags, {starts = true} = {}): Promise<Connected> {
  const {readIdentity} = await import('../aws/identity.ts');
  if (flags.local) {
    const {ensureLocalCloud, requireLocalCloud} = await import('../local/connection.ts');
    const {cloud, started} = starts
      ? await ensureLocalCloud(flags.dir)
      : {cloud: await requireLocalCloud(flags.dir), started: false};
    const clients = await localClients(cloud);
    const notes: string[] = [];
    if (started) notes.push('Started the embedded AWS for it; gear local stop ends it');
    else await noteOtherVersion(cloud, text => notes.push(text));
    return {clients, identity: await readIdentity(clients), notes};
  }
  const {requireProfile} = await import('../aws/profiles.ts');
  await requireProfile(flags.profile);
  const {awsClients} = await import('../aws/clients.ts');
  const clients = awsClients(flagConnection(flags));
  return {clients, identity: await readIdentity(clients), notes: []};
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
