import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import type {LocalConnection} from '../local/connection.ts';
import type {AuditAccountFlags} from './audit-account-flags.ts';
import type {Connected, ConnectionFlags} from './connect.ts';

/** An account in one region. */
export interface AuditTarget {
  readonly clients: AwsClients;
  readonly identity: {readonly account: string; readonly region: string};
  /** Completes "Auditing account 111122223333, region eu-central-1, ...". */
  readonly place: string;
  /** Other endpoints have other limits, or none. */
  readonly atAws: boolean;
  /** The day as of which it is audited, when that is not today. */
  readonly day?: string | undefined;
  /** When it is read, or was, by its own clock. */
  readonly now: Date;
  /** The embedded AWS of this project, which tells more than AWS does. */
  readonly local?: LocalConnection;
}

/** What cannot be connected to is known before anything is read. */
export async function readTargets(flags: AuditAccountFlags, now: Date): Promise<readonly AuditTarget[]> {
  if (flags.from !== undefined) return savedTargets(flags.from, now);
  const {connect, localClients} = await import('./connect.ts');
  const {readIdentity} = await import('../aws/identity.ts');
  if (flags.local) {
    // An audit starts nothing: what does not run has nothing deployed on it that could be asked for.
    const {requireLocalCloud} = await import('../local/connection.ts');
    const {askTime} = await import('../local/control-client.ts');
    const local = await requireLocalCloud(flags.dir);
    const clients = await localClients(local);
    const {ahead} = await askTime(local);
    return [{...asTarget(clients, await readIdentity(clients), new Date(now.getTime() + ahead)), local}];
  }
  const targets = new Map<string, AuditTarget>();
  for (const profile of flags.profile ?? [undefined])
    for (const region of flags.region ?? [undefined]) {
      const connection = {profile, region, 'endpoint-url': flags['endpoint-url']};
      const connected = flags['all-regions'] ? await inAllRegions(connection) : [await connect(connection)];
      for (const {clients, identity} of connected) {
        const name = `${identity.account}/${identity.region}`;
        // Two profiles may lead to the same account.
        if (!targets.has(name)) targets.set(name, asTarget(clients, identity, now));
      }
    }
  return [...targets.values()];
}

/** Who it is has to be found out once: the keys are the same in all regions. */
async function inAllRegions(connection: ConnectionFlags): Promise<readonly Pick<Connected, 'clients' | 'identity'>[]> {
  const {awsClients} = await import('../aws/clients.ts');
  const {connect} = await import('./connect.ts');
  const {enabledRegions} = await import('../aws/enabled-regions.ts');
  const {clients, identity} = await connect(connection).catch(error => {
    // Any region tells of all.
    if (!(error instanceof GearError) || error.code !== 'NO_REGION') throw error;
    return connect({...connection, region: 'us-east-1'});
  });
  const regions = await enabledRegions(clients);
  return regions.map(region => ({
    clients: awsClients({...clients.connection, region}),
    identity: {...identity, region},
  }));
}

function asTarget(
  clients: AwsClients,
  identity: AuditTarget['identity'] & {endpoint?: string},
  now: Date,
): AuditTarget {
  const {endpoint} = identity;
  const place = endpoint === undefined ? 'AWS' : `endpoint ${endpoint}`;
  return {clients, identity, place, now, atAws: endpoint === undefined};
}

async function savedTargets(folder: string, today: Date): Promise<readonly AuditTarget[]> {
  const {openSaved} = await import('../inventory/saved/open-saved.ts');
  const {accounts, readAt, complete} = openSaved(folder);
  const day = readAt?.toISOString().slice(0, 10);
  const place = `as ${complete ? '' : 'partly '}read${day === undefined ? '' : ` on ${day}`} into ${folder}`;
  return accounts.map(each => ({...each, place, atAws: false, day, now: readAt ?? today}));
}
