import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {troubleOf} from '../aws/trouble.ts';
import {GearError} from '../errors.ts';
import {persist} from './persist.ts';
import {readStack, type StackDescription} from './read-stack.ts';

interface Move {
  /** Completes "Could not ...": 'cancel the update'. */
  readonly doing: string;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  ask(): Promise<unknown>;
}

/**
 * Asks for what takes a stack out of the state that it is in. An answer that was lost on its way looks like a refusal
 * when it is asked for again: what the stack says of itself decides.
 */
export async function moveStack(clients: AwsClients, stack: StackDescription, move: Move): Promise<void> {
  const {id, name, status} = stack;
  try {
    await persist(move.ask, move);
  } catch (error) {
    const described = describeAwsError(error, `${move.doing} of ${name}`);
    const now = await persist(() => readStack(clients, id), move).catch(() => {
      throw maybeMoved(described, error, name);
    });
    if (now !== undefined && now.status !== status) return;
    // What is throttled was not heard; what was heard may take a moment to show.
    throw troubleOf(error) === 'throttled' ? described : maybeMoved(described, error, name);
  }
}

function maybeMoved(described: unknown, error: unknown, name: string): unknown {
  if (!(described instanceof GearError) || troubleOf(error) === undefined) return described;
  return new GearError(`${described.message}. Whether CloudFormation does it all the same is not known`, {
    code: described.code,
    suggestions: [`gear deploy --watch --stack ${name}`, ...described.suggestions],
    cause: error,
  });
}
