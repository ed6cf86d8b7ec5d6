import type {ServiceLastAccessed} from '@aws-sdk/client-iam';
import type {AwsClients} from '../../aws/clients.ts';
import {describeAwsError} from '../../aws/describe-aws-error.ts';
import {GearError} from '../../errors.ts';
import type {Inventory} from '../../model/inventory.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import type {LastAccessed, ServiceUse} from '../../model/role-use.ts';
import {inBatches} from './in-batches.ts';
import {poll} from './poll.ts';

/** By ARN: a report of IAM that has been asked for. */
export type ReportsByRole = Map<string, Report>;

interface Report {
  readonly started: Promise<Resolvable<string>>;
  /** Asks until it is there. */
  readonly use: () => Promise<Resolvable<LastAccessed>>;
}

interface LastAccessedOptions {
  readonly clients: AwsClients;
  readonly signal: AbortSignal;
  /** What is read for another region of the account. */
  readonly known: ReportsByRole;
}

/**
 * The same roles; those of functions each with what IAM tells of their use, or why it does not. All reports are begun
 * before the first is waited for, which takes the fewest calls.
 */
export async function readLastAccessed(inventory: Inventory, options: LastAccessedOptions): Promise<Inventory> {
  const {clients, signal, known} = options;
  const wanted = new Set(inventory.functions.map(({role}) => role));
  const ofFunctions = inventory.roles.filter(({arn}) => wanted.has(arn));
  await inBatches(ofFunctions, ({arn}) => {
    const report = known.get(arn) ?? reportOf(arn, clients, signal);
    known.set(arn, report);
    return report.started;
  });
  const uses = await inBatches(ofFunctions, async ({arn}) => [arn, await known.get(arn)!.use()] as const);
  const useOfRole = new Map(uses);
  const roles = inventory.roles.map(role => {
    const use = useOfRole.get(role.arn);
    return use === undefined ? role : {...role, use};
  });
  return {...inventory, roles};
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html */
function reportOf(arn: string, clients: AwsClients, signal: AbortSignal): Report {
  /** Anything but an answer of AWS is a bug and may not end as a note in a report. */
  const asReason = (error: unknown) => {
    const described = describeAwsError(error, `read what ${arn} has used`);
    if (!(described instanceof GearError) || signal.aborted) throw described;
    return unresolved('the use of its permissions', described.message);
  };
  const started = begin(arn, clients).catch(asReason);
  let use: Promise<Resolvable<LastAccessed>> | undefined;
  const finish = async () => {
    const job = await started;
    return isUnresolved(job) ? job : result(job, clients, signal).catch(asReason);
  };
  return {
    started,
    use: () => {
      use ??= finish();
      return use;
    },
  };
}

async function begin(Arn: string, clients: AwsClients): Promise<string> {
  const {GenerateServiceLastAccessedDetailsCommand} = await import('@aws-sdk/client-iam');
  const iam = await clients.iam();
  const {JobId = ''} = await iam.send(
    new GenerateServiceLastAccessedDetailsCommand({Arn, Granularity: 'ACTION_LEVEL'}),
  );
  return JobId;
}

async function result(JobId: string, clients: AwsClients, signal: AbortSignal): Promise<LastAccessed> {
  const {GetServiceLastAccessedDetailsCommand} = await import('@aws-sdk/client-iam');
  const iam = await clients.iam();
  const page = (Marker?: string) => iam.send(new GetServiceLastAccessedDetailsCommand({JobId, MaxItems: 1000, Marker}));
  let answer = await poll(
    async () => {
      const first = await page();
      return first.JobStatus === 'IN_PROGRESS' ? undefined : first;
    },
    {...patience, signal},
  );
  const services = [...(answer.ServicesLastAccessed ?? [])];
  while (answer.JobStatus === 'COMPLETED' && answer.IsTruncated) {
    answer = await page(answer.Marker);
    services.push(...(answer.ServicesLastAccessed ?? []));
  }
  if (answer.JobStatus !== 'COMPLETED') throw failed(answer.Error?.Message);
  return {kind: 'last-accessed', services: new Map(services.map(each => [each.ServiceNamespace ?? '', useOf(each)]))};
}

function failed(message = 'without a reason'): GearError {
  return new GearError(`IAM could not tell what was used: ${message}`, {code: 'JOB_FAILED'});
}

/** A report takes some seconds. */
const patience = {first: 300, longest: 5000, inAll: 300_000};

function useOf({LastAuthenticated: last, TrackedActionsLastAccessed: tracked = []}: ServiceLastAccessed): ServiceUse {
  const names = (used: boolean) =>
    new Set(
      tracked
        .filter(({LastAccessedTime}) => (LastAccessedTime !== undefined) === used)
        .map(({ActionName = ''}) => ActionName.toLowerCase()),
    );
  return {
    ...(last === undefined ? {} : {lastUsed: last.toISOString().slice(0, 10)}),
    unusedActions: names(false),
    usedActions: names(true),
  };
}
