import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {exitCodes, GearError, isAborted} from '../errors.ts';
import {deleteForsaken} from './delete-forsaken.ts';
import {persist} from './persist.ts';

export interface MadeChangeSet {
  readonly id: string;
  readonly stackId: string;
}

/** A stack that exists only for the change set (REVIEW_IN_PROGRESS) may go with it. */
export async function deleteChangeSet(
  clients: AwsClients,
  {id, stackId}: MadeChangeSet,
  withStack: boolean,
): Promise<void> {
  try {
    const client = await clients.cloudFormation();
    await persist(() => client.deleteChangeSet({ChangeSetName: id}), cleaning);
    if (withStack) await persist(() => deleteForsaken(clients, stackId, id), cleaning);
  } catch (error) {
    throw describeAwsError(error, `delete the change set ${id}`);
  }
}

/** Whoever deploys waits for it, but nothing moves meanwhile. */
const cleaning = {pollMilliseconds: 100};

/** The error, with what is left behind when the change set that it ends cannot be deleted. */
export async function discardAfter(
  error: unknown,
  clients: AwsClients,
  changeSet: MadeChangeSet,
  withStack: boolean,
): Promise<unknown> {
  try {
    await deleteChangeSet(clients, changeSet, withStack);
    return error;
  } catch {
    if (!(error instanceof Error)) return error;
    const {code, exit} = isAborted(error)
      ? {code: 'INTERRUPTED', exit: exitCodes.interrupted}
      : error instanceof GearError
        ? error
        : {code: 'CHANGE_SET_LEFT', exit: exitCodes.failed};
    const said = isAborted(error) ? 'Interrupted' : error.message.replace(/\.$/, '');
    return new GearError(`${said}. Its change set is left, and executes nothing by itself`, {
      code,
      exit,
      suggestions: [
        ...(error instanceof GearError ? error.suggestions : []),
        `aws cloudformation delete-change-set --change-set-name ${changeSet.id}`,
      ],
      cause: error,
    });
  }
}
