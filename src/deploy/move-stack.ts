import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {troubleOf} from '../aws/trouble.ts';
import {GearError, isAborted} from '../errors.ts';
import {interrupted} from './interrupted.ts';
import {persist} from './persist.ts';
import {readStack, type StackDescription} from './read-stack.ts';

interface Move {
  /** Completes "Could not ...": 'cancel the update'. */
  readonly doing: string;
  readonly pollMilliseconds: number;
  /** What is so when ^C comes before CloudFormation has heard of it: 'The update of orders goes on'. */
  readonly otherwise: string;
  readonly signal?: AbortSignal;
  ask(): Promise<unknown>;
}

/**
 * Asks for what takes a stack out of the state that it is in. An answer that was lost on its way looks like a refusal
 * when it is asked for again: what the stack says of itself decides.
 */
export async function moveStack(clients: AwsClients, stack: StackDescription, move: Move): Promise<void> {
  const {id, name, status} = stack;
  let mayBeHeard = false;
  const ask = async () => {
    try {
      await move.ask();
    } catch (error) {
      mayBeHeard ||= troubleOf(error) !== 'throttled';
      throw error;
    }
  };
  try {
    move.signal?.throwIfAborted();
    await persist(ask, move);
  } catch (error) {
    if (isAborted(error)) {
      if (!mayBeHeard) throw interrupted(move.otherwise);
      // Asked once more, though ^C was heard: who interrupts wants to know what is left.
      const left = await readStack(clients, id).catch(() => undefined);
      if (left !== undefined && left.status !== status) throw error;
      throw interrupted(`Whether CloudFormation will ${move.doing} of ${name} is not known: no answer came`, [
        `gear deploy --watch --stack ${name}`,
      ]);
    }
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
