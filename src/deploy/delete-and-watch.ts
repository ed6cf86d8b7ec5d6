import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {troubleOf} from '../aws/trouble.ts';
import {GearError, isAborted} from '../errors.ts';
import {goesOn} from './goes-on.ts';
import {persist} from './persist.ts';
import {newestEventId} from './read-events.ts';
import {readStack, type StackDescription} from './read-stack.ts';
import {type WatchedRun, type WatchOptions, watchStack} from './watch-stack.ts';

/** What CloudFormation has heard of a deletion; `'maybe'` where it was asked, and no answer came. */
export type Heard = 'nothing' | 'maybe' | 'deletes';

type Deletion = Omit<WatchOptions, 'after'> & {
  /** Resources that could not be deleted, and that their stack goes without. */
  readonly retain?: readonly string[];
  /** Right before CloudFormation is asked. */
  begins?(): void;
  /** Told what ^C leaves, and may say so with an error of its own. */
  interrupted?(heard: Heard): Error | undefined;
};

/** Deletes a stack and follows it to its end; a deletion that is under way already is only followed. */
export async function deleteAndWatch(
  clients: AwsClients,
  {id, name}: Pick<StackDescription, 'id' | 'name'>,
  deletion: Deletion,
): Promise<WatchedRun> {
  let heard = 'nothing' as Heard;
  try {
    const after = await persist(() => newestEventId(clients, id), deletion);
    deletion.signal?.throwIfAborted();
    deletion.begins?.();
    await persist(async () => {
      try {
        await askToDelete(clients, id, deletion);
      } catch (error) {
        if (troubleOf(error) !== 'throttled') heard = 'maybe';
        throw error;
      }
    }, deletion).catch(error => {
      throw isAborted(error) ? error : notDeleted(error, name);
    });
    heard = 'deletes';
    return await watchStack(clients, id, {...deletion, after}).catch(error => {
      throw goesOn(error, name, 'the same command again');
    });
  } catch (error) {
    if (!isAborted(error)) throw error;
    if (heard === 'maybe' && (await deletes(clients, id))) heard = 'deletes';
    throw deletion.interrupted?.(heard) ?? error;
  }
}

/** By its ARN: asked twice, it is still the same stack that goes. */
async function askToDelete(clients: AwsClients, id: string, {retain = []}: Deletion): Promise<void> {
  const client = await clients.cloudFormation();
  await client.deleteStack({StackName: id, ...(retain.length === 0 ? {} : {RetainResources: [...retain]})});
}

function notDeleted(error: unknown, name: string): unknown {
  const described = describeAwsError(error, `delete the stack ${name}`);
  if (!(described instanceof GearError) || troubleOf(error) === undefined) return described;
  return new GearError(`${described.message}. Whether CloudFormation deletes it all the same is not known`, {
    code: described.code,
    suggestions: described.suggestions,
    cause: error,
  });
}

/** As the stack says; one that cannot be asked says nothing. */
async function deletes(clients: AwsClients, id: string): Promise<boolean> {
  const stack = await readStack(clients, id).catch(() => undefined);
  return stack?.status === 'DELETE_IN_PROGRESS' || stack?.status === 'DELETE_COMPLETE';
}
