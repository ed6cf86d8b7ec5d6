import type {DeployedStack} from '../deploy-stack.ts';

/** A deployment as far as it goes before anything runs. */
export type HeldDeployment<Review> =
  | {readonly state: 'unchanged'; readonly stack: DeployedStack}
  | {readonly state: 'failed'; readonly error: unknown}
  | {
      readonly state: 'held';
      readonly review: Review;
      execute(): Promise<DeployedStack>;
      /** Takes the change set back. */
      discard(): Promise<void>;
    };

/** Starts a deployment and stops it where it asks for approval, so that those of several services can be asked for together. */
export async function holdDeployment<Review>(
  deploy: (approve: (review: Review) => Promise<boolean>) => Promise<DeployedStack>,
): Promise<HeldDeployment<Review>> {
  const asked = Promise.withResolvers<Review>();
  const decided = Promise.withResolvers<boolean>();
  const deployed = deploy(review => {
    asked.resolve(review);
    return decided.promise;
  });
  const ended = deployed.then(
    (stack): HeldDeployment<Review> => ({state: 'unchanged', stack}),
    (error: unknown): HeldDeployment<Review> => ({state: 'failed', error}),
  );
  const held = asked.promise.then(
    (review): HeldDeployment<Review> => ({
      state: 'held',
      review,
      execute() {
        decided.resolve(true);
        return deployed;
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
