import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {troubleOf} from '../aws/trouble.ts';
import {GearError} from '../errors.ts';
import {goesOn} from './goes-on.ts';
import {persist} from './persist.ts';
import {newestEventId} from './read-events.ts';
import type {StackDescription} from './read-stack.ts';
import {type WatchedRun, type WatchOptions, watchStack} from './watch-stack.ts';

type Deletion = Omit<WatchOptions, 'after'> & {
  /** Resources that could not be deleted, and that their stack goes without. */
  readonly retain?: readonly string[];
  /** Right before CloudFormation is asked: from now on it may be deleting. */
  begins?(): void;
};

/** Deletes a stack and follows it to its end; a deletion that is under way already is only followed. */
export async function deleteAndWatch(
  clients: AwsClients,
  {id, name}: Pick<StackDescription, 'id' | 'name'>,
  deletion: Deletion,
): Promise<WatchedRun> {
  const after = await persist(() => newestEventId(clients, id), deletion);
  const client = await clients.cloudFormation();
  deletion.signal?.throwIfAborted();
  deletion.begins?.();
  const {retain = []} = deletion;
  const retained = retain.length === 0 ? {} : {RetainResources: [...retain]};
  try {
    // By its ARN: asked twice, it is still the same stack that goes.
    await persist(() => client.deleteStack({StackName: id, ...retained}), deletion);
  } catch (error) {
    const described = describeAwsError(error, `delete the stack ${name}`);
    if (!(described instanceof GearError) || troubleOf(error) === undefined) throw described;
    throw new GearError(`${described.message}. Whether CloudFormation deletes it all the same is not known`, {
      code: described.code,
      suggestions: described.suggestions,
      cause: error,
    });
  }
  try {
    return await watchStack(clients, id, {...deletion, after});
  } catch (error) {
    throw goesOn(error, name, 'the same command again');
  }
}
