export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export class NotAnOrder extends Error {
  override readonly name = 'NotAnOrder';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

/** Reads the body of a request; throws with everything that is wrong with it, not only the first. */
export function readOrder(
  id: string,
  {body, isBase64Encoded}: {readonly body?: string; readonly isBase64Encoded: boolean},
): Order {
  const text = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString();
  const {customer, lines} = parse(text);
  const problems = [
    ...(/^[\w-]{1,64}$/.test(id) ? [] : ['the id in the path must be 1 to 64 letters, digits, _ or -']),
    ...(isText(customer) ? [] : ['customer must be a text of 1 to 200 characters']),
    ...(Array.isArray(lines) && lines.length > 0 && lines.length <= 100 ? [] : ['lines must be a list of 1 to 100']),
    ...(Array.isArray(lines) ? lines.flatMap(problemsOfLine) : []),
  ];
  if (problems.length > 0) throw new NotAnOrder(problems);
  // Only what was checked is kept.
  return {id, customer: customer as string, lines: (lines as Line[]).map(({sku, quantity}) => ({sku, quantity}))};
}

function problemsOfLine(line: Partial<Line> | null, index: number): string[] {
  const {sku, quantity} = line ?? {};
  return [
    ...(isText(sku) ? [] : [`lines[${index}].sku must be a text of 1 to 200 characters`]),
    ...(Number.isSafeInteger(quantity) && quantity! > 0
      ? []
      : [`lines[${index}].quantity must be a whole number of at least 1`]),
  ];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= 200;
}

function parse(text: string): {readonly customer?: unknown; readonly lines?: unknown} {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw new NotAnOrder(['the body must be a JSON object']);
}
