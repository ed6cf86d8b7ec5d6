/** The object itself is wrong: reading it again will not change that. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Something that the object needs is not there yet; it may come. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** What is known of a failure, small enough to travel with the message. */
export interface Failure {
  /** `permanent`: never passes. `transient`: worth another try, some time later. */
  readonly kind: 'permanent' | 'transient';
  readonly name: string;
  readonly message: string;
}

/** Only what is known to be hopeless is permanent: throttling, a missing permission and a bug may all be mended. */
export function describeFailure(error: unknown): Failure {
  const chain = causes(error);
  const last = chain.at(-1);
  return {
    kind: last instanceof Malformed ? 'permanent' : 'transient',
    name: last?.name ?? 'Error',
    message: chain.map(({message}) => message).join(': ') || String(error),
  };
}

/** Libraries wrap: "Failed to save in progress record" alone would hide which call was denied. */
function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && !chain.includes(next); next = next.cause) chain.push(next);
  return chain;
}
