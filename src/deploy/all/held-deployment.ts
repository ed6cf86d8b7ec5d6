import {GearError, isAborted} from '../../errors.ts';
import type {DeployedStack} from '../deploy-stack.ts';
import type {Review} from '../review/review.ts';

/** A deployment as far as it goes before anything runs. */
export type HeldDeployment =
  | {readonly state: 'unchanged'; readonly stack: DeployedStack}
  | {readonly state: 'failed'; readonly error: unknown}
  | {
      readonly state: 'held';
      readonly review: Review;
      execute(): Promise<DeployedStack>;
      /** Leaves the change set for a later run. */
      keep(): Promise<void>;
      /** Takes the change set back. */
      discard(): Promise<void>;
    };

/** Starts a deployment and stops it where it asks for approval, so that those of several services can be asked for together. */
export async function holdDeployment(
  deploy: (approve: (review: Review) => Promise<boolean | 'keep'>) => Promise<DeployedStack>,
): Promise<HeldDeployment> {
  const asked = Promise.withResolvers<Review>();
  const decided = Promise.withResolvers<boolean | 'keep'>();
  const deployed = deploy(review => {
    asked.resolve(review);
    return decided.promise;
  });
  const ended = deployed.then(
    (stack): HeldDeployment => ({state: 'unchanged', stack}),
    (error: unknown): HeldDeployment => ({state: 'failed', error}),
  );
  let isDecided = false;
  const decide = (decision: boolean | 'keep') => {
    isDecided = true;
    decided.resolve(decision);
  };
  const held = asked.promise.then(
    (review): HeldDeployment => ({
      state: 'held',
      review,
      execute() {
        decide(true);
        return deployed;
      },
      async keep() {
        decide('keep');
        await deployed;
      },
      async discard() {
        // How it ended otherwise, who executed it knows.
        if (isDecided) return void (await ended);
        decide(false);
        const end = await ended;
        if (end.state === 'failed' && !isDiscarded(end.error)) throw end.error;
      },
    }),
  );
  return Promise.race([held, ended]);
}

/** It ends by saying that it was not approved, or interrupted, which who discards it knows. */
function isDiscarded(error: unknown): boolean {
  return isAborted(error) || (error instanceof GearError && error.code === 'NOT_APPROVED');
}
