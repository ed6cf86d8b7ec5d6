export interface Order {
  /** The sender's own: the same order has the same id, however often it is sent. */
  readonly id: string;
  readonly customer: string;
  readonly total: number;
}

/** Reads a message's body, and says what is wrong with one that is not an order. */
export function readOrder(body: string): Order {
  const {id, customer, total} = parse(body);
  if (typeof id !== 'string' || id === '') throw malformed('id must be a text');
  if (typeof customer !== 'string' || customer === '') throw malformed('customer must be a text');
  if (typeof total !== 'number' || !Number.isFinite(total) || total < 0)
    throw malformed('total must be a number of at least 0');
  return {id, customer, total};
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const message: unknown = JSON.parse(body);
    if (typeof message === 'object' && message !== null) return message as Record<string, unknown>;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw malformed('it is not a JSON object');
}

function malformed(reason: string): Error {
  return Object.assign(new Error(`The message is not an order: ${reason}`), {name: 'Malformed'});
}
