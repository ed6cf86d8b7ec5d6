/** The legacy system looked at the order and refused it: asking again will not change that. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
}

/** The legacy system did not answer, or could not: it may, some time later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** What is known of a failure, as it stands in a row. */
export interface Cause {
  readonly name: string;
  readonly message: string;
}

export function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) return {name: 'Error', message: String(error)};
  return {name: error.name, message: messages(error).join(': ').slice(0, 1000)};
}

/** Libraries wrap: "fetch failed" alone would hide that the connection was refused. */
function messages(error: Error): string[] {
  const chain: Error[] = [];
  for (let next: unknown = error; next instanceof Error && !chain.includes(next); next = next.cause) chain.push(next);
  return chain.map(({message}) => message);
}
