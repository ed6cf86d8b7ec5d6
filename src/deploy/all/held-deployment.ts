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
  const held = asked.promise.then(
    (review): HeldDeployment => ({
      state: 'held',
      review,
      execute() {
        decided.resolve(true);
        return deployed;
      },
      async keep() {
        decided.resolve('keep');
        await deployed;
      },
      async discard() {
        decided.resolve(false);
        // It ends by saying that it was not approved, which who discards it knows.
        await ended;
      },
    }),
  );
  return Promise.race([held, ended]);
}
